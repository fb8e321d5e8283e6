"""What does not hold in audits, hosting and defence bodies: one sentence for each, in English and Spanish."""

from __future__ import annotations

BROKEN = {
    "audit_without": (
        "An audit begins without a mandate that begins with it, or twice, or with nothing to read.",
        "Una auditoría empieza sin un mandato que empiece con ella, o dos veces, o sin nada que leer.",
    ),
    "audit_act": (
        "Somebody reads or finds something in an audit without its mandate, after its end, or beyond its scope.",
        "Alguien lee o halla algo en una auditoría sin su mandato, después de su fin o fuera de su alcance.",
    ),
    "finding_wrongly": (
        "A finding out of order, not shown by what was read, or answered by who is no member.",
        "Un hallazgo fuera de orden, que no muestra nada de lo leído, o que responde quien no es integrante.",
    ),
    "recognition_without": (
        "A body is said to be no longer recognised, without a decision on it.",
        "Se dice que ya no se reconoce a un organismo, sin una decisión.",
    ),
    "defense_without": (
        "A defence body, a code or a post is there, or a post is closed, without a decision on it.",
        "Hay un organismo de defensa, un código o un puesto, o se cierra un puesto, sin una decisión.",
    ),
    "code_wrongly": (
        "A code of conduct is in force on another day than it must be, or its versions are out of order.",
        "Un código de conducta rige desde otro día del debido, o sus versiones están fuera de orden.",
    ),
    "accepted_wrongly": (
        "Somebody accepts a code who is no member, a second time, or another version than the newest.",
        "Acepta un código quien no es integrante, por segunda vez, u otra versión que la más reciente.",
    ),
    "trained_wrongly": (
        "Somebody writes down that they came to a training themself, or that somebody came who is no member.",
        "Alguien anota su propia asistencia a una formación, o la de quien no es integrante.",
    ),
    "after_suspension": (
        "The body is suspended, and something new is put up or voted on in it.",
        "El organismo está suspendido y se presenta o se vota algo nuevo en él.",
    ),
}
