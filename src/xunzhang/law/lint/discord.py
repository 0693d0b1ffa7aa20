"""Two policies at odds with one another."""

from __future__ import annotations

from dataclasses import dataclass

from xunzhang.law.lint.clashes import Said
from xunzhang.law.lint.finding import Finding
from xunzhang.law.problems import Mark
from xunzhang.law.text import Edition, say


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its policy, the article and rule (or what else is at odds), and where it stands."""

    edition: Edition
    article: str
    name: str
    mark: Mark

    def say(self, lang: str) -> str:
        """`《客户投诉管理制度》第3条`, `article 3 of “Customer complaint policy”`."""
        title = say(self.edition.title, lang)
        if lang == "en":
            return f"article {self.article} of “{title}”" if self.article else f"“{title}”"
        figure = self.article[:1].isdigit()
        return f"《{title}》第{self.article}条" if figure else f"《{title}》{self.article}"


@dataclass(frozen=True, slots=True)
class Discord:
    """Two policies at odds. `code`: `double`, `contradiction`, `grade-twice`, `two-types` or `same-code`."""

    code: str
    one: Side
    two: Side
    what: Said
    right: Said

    def say(self, lang: str = "zh") -> str:
        """What is at odds and what would be right, in one sentence."""
        return self.finding().en if lang == "en" else self.finding().zh

    def finding(self) -> Finding:
        """The discord as a doubt about the second policy."""
        one, two = self.one, self.two
        return Finding(
            two.mark,
            self.code,
            f"{two.say('zh')}（{two.name}）与{one.say('zh')}（{one.name}）：{self.what[0]}；{self.right[0]}",
            f"{two.say('en')} ({two.name}) and {one.say('en')} ({one.name}): {self.what[1]}; {self.right[1]}",
        )
