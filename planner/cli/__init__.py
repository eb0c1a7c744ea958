"""The ``planner`` command: one file per subcommand, each imported only when it is called.

A subcommand module has ``configure(parser)``, which adds its arguments, and ``run(args) -> Answer``.
"""
