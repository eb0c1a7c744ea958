"""Files of scheduling tools as such a tool has them: MPXJ reads them and schedules them anew, in one Java machine."""

from pathlib import Path
from typing import Any

from parts import part

_SIMPLE_LOGS = "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory"


def java() -> Any:
    """The packages of Java classes, ``java().org.mpxj`` among them."""
    import jpype

    if not jpype.isJVMStarted():
        part("java")
        import mpxj  # noqa: F401  puts its classes on the path of Java

        jpype.startJVM("-Xmx400m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", _SIMPLE_LOGS)
    return jpype.JPackage


def package(name: str) -> Any:
    """A package of Java, such as ``org.mpxj``."""
    return java()(name)


def read(data: bytes) -> Any:
    """The project file ``data`` as MPXJ reads it."""
    stream = package("java").io.ByteArrayInputStream(data)
    return package("org").mpxj.mspdi.MSPDIReader().read(stream)


def schedule(project: Any) -> None:
    """Give every task of ``project`` the days that follow from links, durations, constraints and the calendar."""
    start = project.getProjectProperties().getStartDate()
    package("org").mpxj.cpm.MicrosoftScheduler().schedule(project, start)


def days(project: Any) -> dict[int, tuple[str, str]]:
    """Start and finish of each task that takes part in scheduling, by its number."""
    return {
        int(task.getUniqueID()): (str(task.getStart()), str(task.getFinish()))
        for task in project.getTasks()
        if task.getActive()
    }


def text(value: Any) -> str | None:
    """A value of Java as text; None for none."""
    return None if value is None else str(value)


def sample(name: str) -> Path:
    """The path of a sample plan."""
    return Path(__file__).parent.parent / "projects" / f"{name}.toml"
