"""Solves a problem in parts with CP-SAT: what comes first, then the weighted sum, each hinted with the best so far."""

from collections.abc import Callable, Sequence
from math import floor, inf
from time import monotonic
from typing import Any

from planner.rollout.exact.blocks import Cut, cut, keep_orders, prices, tighten
from planner.rollout.exact.goal import Sum, Terms, whole
from planner.rollout.exact.model import Linear, Model
from planner.rollout.exact.parts import Parts

Tell = Callable[[dict[str, Any]], None]
"""Takes what is found: {"start": days}, {"bound": of the weighted sum}, {"end": whether it is proven}."""

LATENESS, WEIGHTED = "lateness", "weighted"

BLOCKS_UNTIL, COMPOSED_UNTIL, GATES_UNTIL = 0.35, 0.45, 0.65
"""Shares of the time by which the phases are solved each by itself, their orders made one schedule, the gates found."""

GATE_EFFORT = 0.1
"""How much work it is worth, in the solver's own seconds, to know how early, or how late, one gate can be."""

HEAD_SHARE = 0.5
"""Share of the time that is left for a term that comes first, before the next is minimised."""


class Stages:
    """One run of the solver. ``cp`` is the module ``cp_model`` of OR-tools."""

    def __init__(
        self,
        cp: Any,
        parts: Parts,
        start: Sequence[int],
        least: float,
        until: float,
        seed: int,
        workers: int,
        tell: Tell,
    ) -> None:
        self.cp = cp
        self.parts = parts
        self.best = list(start)
        self.least = least
        self.until = until
        self.seed = seed
        self.workers = workers
        self.tell = tell
        self.heads: list[tuple[str, int]] = []

    def run(self) -> None:
        """Solve all, until it is proven or the time is over."""
        proven = True
        for name in (LATENESS, *self.parts.first):
            left = self.until - monotonic()
            if left > 0:
                proven = self._minimised(name, monotonic() + HEAD_SHARE * left, ()) and proven
        if monotonic() < self.until:
            cuts = self._prepared() if proven else []
            proven = self._minimised(WEIGHTED, self.until, cuts, proven) and proven
        self.tell({"end": proven})

    def _minimised(self, name: str, until: float, cuts: Sequence[Cut] = (), bounding: bool = False) -> bool:
        """Minimise one thing, what came before it fixed; whether the best is proven to be the least."""
        model, terms = self._model(cuts)
        objective, scale, known = self._aim(terms, name)
        if name != WEIGHTED:
            self.heads.append((name, known))
            if not known:
                return True
        model.model.minimize(objective)
        if bounding:
            model.model.add(objective >= floor(self.least * scale * (1 - 1e-9)))
        solver = self._solver(until, name)
        if bounding:
            solver.best_bound_callback = lambda bound: self.tell({"bound": bound / scale})
        status = solver.solve(model.hinted(), self._finding(model))
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            if status == self.cp.UNKNOWN:
                return False
            raise ValueError(f"{name}: {solver.status_name(status)}")
        self.best = [solver.value(start) for start in model.starts]
        if name != WEIGHTED:
            self.heads[-1] = (name, floor(solver.objective_value + 0.5))
        if bounding:
            self.tell({"bound": solver.best_objective_bound / scale})
        return bool(status == self.cp.OPTIMAL)

    def _model(self, cuts: Sequence[Cut]) -> tuple[Model, Terms]:
        """A model of the whole, hinted with the best schedule, in which what comes first is no worse than in that."""
        model = Model(self.cp, self.parts, self.best)
        terms = Terms(model)
        for head, known in self.heads:
            if head == LATENESS and not known:
                model.punctual()
            else:
                model.model.add(self._aim(terms, head)[0] <= known)
        for found in cuts:
            found.state(model, terms)
        return model, terms

    def _aim(self, terms: Terms, name: str) -> tuple[Linear, int, int]:
        """What is minimised, scaled to whole numbers; by how much; and its value in the best schedule."""
        factors, scale, known = whole(self._sum(terms, name))
        return sum(factor * what for factor, what in factors), scale, known

    def _sum(self, terms: Terms, name: str) -> Sum:
        if name == WEIGHTED:
            return terms.weighted()
        return terms.lateness() if name == LATENESS else terms.term(name)

    def _finding(self, model: Model) -> Any:
        """Tells each schedule that is found."""
        tell = self.tell

        class Finding(self.cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            def on_solution_callback(self) -> None:
                tell({"start": [start if isinstance(start, int) else self.value(start) for start in model.starts]})

        return Finding()

    def _solver(self, until: float, name: str) -> Any:
        """One worker is the most reliable on two processors, and gives the same answer each time it ends by itself."""
        solver = self.cp.CpSolver()
        solver.parameters.random_seed = self.seed
        solver.parameters.num_workers = self.workers
        solver.parameters.max_time_in_seconds = max(0.01, until - monotonic())
        if self.workers == 1:
            # A linear relaxation says much about sums of times, most where capabilities share the limit on change, and
            # little about the time that all takes together.
            only_finish = name == "finish" or (name == WEIGHTED and set(self.parts.weight) == {"finish"})
            solver.parameters.linearization_level = 0 if only_finish else 2 if self.parts.items else 1
            solver.parameters.use_strong_propagation_in_disjunctive = True
        return solver

    # -- phases by themselves -------------------------------------------------------------------------------

    def _prepared(self) -> list[Cut]:
        """What each block costs at least; the best schedule is made better, and the parts are narrowed, on the way."""
        parts, begin = self.parts, monotonic()
        time = self.until - begin
        model, _terms = self._model(())
        cuts = []
        if len(model.blocks) > 1 and all(model.blocks):
            for number, (block, price) in enumerate(zip(model.blocks, prices(parts, model.blocks), strict=False)):
                left = (begin + BLOCKS_UNTIL * time - monotonic()) / (len(model.blocks) - number)
                solve = self._by_itself(monotonic() + left)
                cuts.append(cut(self.cp, parts, self.best, number, block, price, solve))
            self._compose(cuts, begin + COMPOSED_UNTIL * time)
        if parts.gaps and ("finish" in parts.weight or "value" in parts.weight):
            model, terms = self._model(cuts)
            objective, _scale, known = self._aim(terms, WEIGHTED)
            model.model.add(objective <= known)
            tighten(model, self._by_itself(begin + GATES_UNTIL * time, GATE_EFFORT))
        return cuts

    def _compose(self, cuts: Sequence[Cut], until: float) -> None:
        """One schedule with the orders that are best for each block alone; kept if it is better."""
        model, terms = self._model(())
        keep_orders(model, cuts)
        objective, _scale, known = self._aim(terms, WEIGHTED)
        model.model.minimize(objective)
        model.model.add(objective <= known)
        solver = self._by_itself(until)(model)
        if solver.response_proto.solution:
            self.best = [solver.value(start) for start in model.starts]
            self.tell({"start": self.best})

    def _by_itself(self, until: float, effort: float = inf) -> Callable[[Model], Any]:
        """A way to minimise a model by that time, with that much work in the solver's own seconds."""

        def solve(model: Model) -> Any:
            solver = self._solver(until, "")
            solver.parameters.max_deterministic_time = effort
            solver.solve(model.hinted())
            return solver

        return solve
