"""Short explanations of terms, shown where the term stands."""

HELP = {
    "weighting": (
        "A weighting is one set of answers to the question what matters: one person's, "
        "or the group's."
    ),
    "topsis": (
        "TOPSIS measures how close a program comes to being best at everything, and how far "
        "it is from being worst at everything. It is a second opinion, not a vote."
    ),
    "must-have": "A must-have is a condition. A program that fails it is not ranked.",
    "criterion": "A criterion is one thing the programs are judged on.",
    "anchor": "An anchor says in words what a level means, so that all score alike.",
    "swing": (
        "Swing weighting asks how much the step from worst to best matters, one criterion "
        "against another."
    ),
    "unknown": (
        "Unknown means that nobody has looked it up. The score may then be anything in the "
        "range. “Looked, and nothing found” is a level of its own."
    ),
    "support": (
        "Training, agencies and publications help whichever program is chosen. They are not ranked."
    ),
    "continue": "Changing nothing is also a choice. It is always compared.",
    "candidate": "A candidate is one of the programs to choose from. It is scored and ranked.",
    "kind": "What sort of thing it is. Kinds that cannot stand in for each other rank badly.",
    "unit reached": (
        "Whom you count when you say how many it reaches, such as young people served or "
        "officers trained. Programs compare well only in the same unit."
    ),
    "availability": (
        "The catalogue is some years old. Ask the provider whether it is still offered here, "
        "and note the date."
    ),
    "set aside": "It leaves the ranking but stays in the record, with the reason you give.",
    "marks": (
        "The 2015 guide marks each entry by theme. Marks say what it is about, not how good it is. "
        "Entries from 2018 have none."
    ),
    "objective": "An objective is a broader aim; several criteria may stand under it.",
    "scale": (
        "Use a number where there is something to count. Use levels where words say it better."
    ),
    "middle points": (
        "With no points in between, each step along the range is worth the same. Add a point to "
        "say that the first steps are worth more, or less."
    ),
    "confirmed": (
        "Say so once the group agrees that these are the worst and the best that could really "
        "be chosen, and what the steps are worth."
    ),
    "counts people": "Then programs that count different people are asked about.",
    "code": (
        "A code such as p1 stands for a person. Never write a name: this may be read in public."
    ),
    "weighing method": (
        "Swing asks about the steps themselves and is the most careful. 100 points is quicker. "
        "A plain ranking asks for the order only. Pairs are the easiest to answer and take longer."
    ),
    "rank-order weights": (
        "From an order alone, the weights are the middle of all weights that keep this order."
    ),
    "what if": (
        "One criterion gets another weight; the others share the rest in the proportions they had."
    ),
    "try a weight": (
        "See at once what would change if one criterion counted more or less. Nothing is saved. "
        "To try other changes, such as another score, go to What if?"
    ),
    "confidence": (
        "How sure are those who gave the score? Low where it is a guess, high where it was "
        "measured."
    ),
    "widen": (
        "A wider range changes what 0 and 100 mean for every program. Weights that were given for "
        "the old range have to be asked for again."
    ),
    "which case": (
        "Where a score is a range: hold its worst end against the limit, or its likely number?"
    ),
    "own scores": (
        "People may score by themselves first. Their scores stay beside the agreed one, "
        "so that a difference can be talked about."
    ),
    "edition": (
        "The full edition is for the people who decide. The public edition can be posted: it "
        "names roles only, and the data it carries is cut down the same way. The one page is the "
        "public edition in short. The one for other communities holds only what is marked public, "
        "and no data."
    ),
    "order of the parts": (
        "Many grant applications ask for the need, the design and implementation, the "
        "capabilities and the data plan, in this order. The content is the same."
    ),
    "criterion left out": "The other criteria share its weight in the proportions they had.",
    "limit": (
        "A program that surely misses the limit is not ranked in this what-if. One that may miss "
        "it stays, and is named."
    ),
    "scenario": (
        "A what-if is kept beside the ranking, under a name. The ranking itself never changes."
    ),
    "space": (
        "Nobody's weights are exact. So we try many sets of weights, and count how often each "
        "program is first. This says which sets are tried."
    ),
    "first in 100": (
        "Of 100 sets of weights, in how many does this program come first? It is about what "
        "matters to us, not the chance that a program works."
    ),
    "flip": (
        "The first place changes hands where one thing moves far enough. The closer that is to "
        "what was said, the less firm the ranking is."
    ),
    "parts": (
        "Fill in what you know; nothing is required. Later pages use the factors of high "
        "priority, the must-haves and the goals."
    ),
    "problem": "Say what happens, who is harmed and how you know. A few sentences are enough.",
    "population": "Ages, genders, places, groups: those the program must serve.",
    "missed": "Boys, tribal youth, those who live far out: whom do your agencies seldom meet?",
    "where": "Kinds of places, such as motels on the highway, and online. No addresses.",
    "factor": (
        "A risk drives the problem. A protective factor guards against it. A system gap is "
        "something that is missing in how agencies respond."
    ),
    "priority": "High: the program must act on it. Three or so are enough.",
    "service": "Services, people and ties that are there already. A new program builds on them.",
    "gap": "For each gap the part “Supports” looks for training and publications.",
    "readiness": (
        "Readiness is motivation and capacity. A low rating is no shame: it says what to do first."
    ),
    "checked": "The day someone called, and it was right. Without a day it is not shown.",
    "carry": "Each program is then judged on it. One that fails is not ranked.",
    "match": (
        "Say how each program acts on each factor of high priority. From that a score is proposed; "
        "nothing is recorded until you accept it."
    ),
    "lock": (
        "Locking keeps the programs, criteria, scores, weights and this record as they are now, "
        "under a fingerprint that shows any later change. Nothing in this selection can be edited "
        "after that; “Select again” starts a new one from it. The diagnosis and the plan stay "
        "open. Undo does not take a decision back."
    ),
    "departure": (
        "The ranking informs the choice and does not make it. Where another program is sure to "
        "rank first, the record says why it was not taken."
    ),
    "dissent": "Views that did not carry the day belong in the record. Name roles, never people.",
    "adapt": (
        "What holds young people or agencies back here, such as long ways or mistrust; the "
        "program has to be adapted to it."
    ),
    "waits for": "It cannot start before these are done. Where one of them is late, it is blocked.",
    "owner": "The role that sees to it, such as training coordinator; never a name.",
    "core component": (
        "A part without which the program does not work. It may not be changed to fit this place."
    ),
    "light": (
        "Green keeps every core component. Yellow comes near one and needs care. Red changes one: "
        "ask the program's developer first."
    ),
    "turnover cover": (
        "Staff change. Say how those who come later will learn it, so that the skill stays."
    ),
    "safe route": (
        "How a young person can speak without being at risk for it. Who hears of danger, and what "
        "happens then?"
    ),
    "feedback": "Tell what was said in general. Leave out who said it, and anyone's story.",
    "planned": "What was planned, in the project's currency. Leave it empty where nobody knows.",
    "pairs": (
        "Two lifts from worst to best at a time (AHP). Best Fit works out the weights that fit all "
        "answers best. Not every pair is needed. The words are only a guide: what counts is how "
        "many times as much."
    ),
    "answers that fit": (
        "If A matters 3 times as much as B, and B 2 times as much as C, then A should matter about "
        "6 times as much as C. Small differences are normal; large ones are worth another look."
    ),
    "indicator": (
        "Something counted or measured again and again, as a total. It shows whether the program "
        "does what was hoped for."
    ),
    "measure": (
        "A count says how many. A share says how many of how many, and is shown as a percentage. "
        "A number is anything else, such as days or dollars."
    ),
    "better": (
        "Choose “neither” where a rise can mean that people look better, such as cases found. "
        "It is then never judged."
    ),
    "smallest count": (
        "Counts of people from 1 up to just below this number are not shown, and neither is what "
        "would let them be worked out. It is 10 or more."
    ),
    "adds up": (
        "Tick this if nobody is counted in two periods, so that four quarters make the year."
    ),
    "groups": (
        "The parts that a total falls into, such as girls and boys; nobody is in two of them. "
        "Write one to a line. A new name in the place of an old one takes its numbers along."
    ),
    "indicator criterion": ("What is observed can then propose a new score when you select again."),
    "share mark": (
        "Public: anyone may see it. Partners: the agencies that take part. Internal: your group "
        "only. Small counts stay hidden in every case."
    ),
    "review board": (
        "A board that looks after the people in a study. Research that can tell who someone is "
        "mostly needs its approval first."
    ),
    "privacy certificate": (
        "Some federal grants ask for it where data could tell who someone is (28 CFR part 22)."
    ),
    "review trigger": (
        "A reason to look at the decision again, found by rule. It changes nothing by itself."
    ),
    "proposed score": (
        "Drawn from what was observed. Nothing is taken over before you accept it, and each "
        "answer needs a reason."
    ),
    "alone": (
        "The older selection is ranked again with only one part of what is new, so that you see "
        "what that part does by itself."
    ),
    "open to all": (
        "An edition for other communities shows only what is marked public, and the parts ticked "
        "here."
    ),
}
