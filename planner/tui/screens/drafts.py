"""What is being typed in a form over a plan, so that it is there again after a session that ended by force."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from planner.text.i18n import _

if TYPE_CHECKING:
    from planner.tui.screens.diary import Diary
    from planner.tui.screens.form import Form

LONG_ENOUGH = 12
"""Characters from which a text is worth keeping."""

PAUSE = 1.0
"""Seconds after which a form that is done with is forgotten: what came of it is in the journal by then."""


@dataclass
class Drafts:
    """The texts of the form called ``title``, in the ``diary`` of the plan below it."""

    diary: "Diary"
    title: str
    told: str = ""
    """What is said of a text that was taken up again."""
    _first: dict[str, str] = field(default_factory=dict)
    """What stood in the fields before anybody typed."""
    _written: dict[str, str] = field(default_factory=dict)

    @classmethod
    def over(cls, form: "Form") -> "Drafts | None":
        """The drafts of ``form``; None where it does not stand over a plan that keeps a journal."""
        diaries = (getattr(screen, "diary", None) for screen in reversed(form.app.screen_stack))
        diary = next(filter(None, diaries), None)
        return cls(diary, form.heading) if diary is not None and diary.journal() is not None else None

    @property
    def kept(self) -> bool:
        """Whether there is anything to come back to."""
        return any(self._written.values())

    def taken_up(self, spec: Any) -> Any:
        """The field ``spec`` with what was being typed in it when a session ended."""
        if not hasattr(spec, "read"):
            return spec
        self._first[spec.name] = spec.value
        text = self.diary.drafts.get(self._where(spec.name), "")
        if not text or text == spec.value:
            return spec
        self._written[spec.name] = text
        self.told = _("Taken up where an earlier session ended; ctrl+u empties the field.")
        return replace(spec, value=text)

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep the texts of the fields, by their names, where they are new and long enough."""
        for name, value in values.items():
            if name not in self._first or value == self._written.get(name, ""):
                continue
            worth = len(value.strip()) >= LONG_ENOUGH and value != self._first[name]
            text = value if worth else ""
            if text != self._written.get(name, ""):
                self.diary.draft(self._where(name), text)
                self._written[name] = text

    def done(self) -> None:
        """The form was accepted or left: forget its texts, once what comes of it is in the journal."""
        if self.kept:
            self.diary.screen.set_timer(PAUSE, self._forget)

    def _forget(self) -> None:
        for name in self._written:
            self.diary.draft(self._where(name), "")
        self._written.clear()

    def _where(self, name: str) -> str:
        return f"{self.title} / {name}"
