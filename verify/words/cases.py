"""What does not hold in cases, in English and Spanish."""

from __future__ import annotations

BROKEN = {
    "case_unknown": ("A case that was never opened.", "Un caso que nunca se abrió."),
    "case_opened": (
        "A case that is opened twice, in a body that does not decide yet, or under somebody's name.",
        "Un caso que se abre dos veces, en un organismo que todavía no decide, o a nombre de alguien.",
    ),
    "case_lot": (
        "The seed of a lot is not the one fixed when the case was opened, or the list has too few or too many numbers.",
        "La semilla de un sorteo no es la que se fijó al abrir el caso, o la lista tiene números de menos o de más.",
    ),
    "case_drawn": (
        "Others sit on a panel than those whom the lot draws.",
        "En un panel se sientan otras personas que las que saca el sorteo.",
    ),
    "case_seat": (
        "A seat is taken by a number that was not asked, or twice.",
        "Ocupa un asiento un número al que no se le preguntó, o lo ocupa dos veces.",
    ),
    "case_sat": (
        "A first sitting of a panel that is not complete, or a second first one.",
        "Una primera sesión de un panel incompleto, o una segunda primera sesión.",
    ),
    "case_said": ("Something is said in a case that is over.", "Se dice algo en un caso que ya terminó."),
    "case_decided": (
        "A panel decides that has not sat, or that has decided already.",
        "Decide un panel que no ha tenido sesión, o que ya decidió.",
    ),
    "case_appealed": (
        "An appeal in a case without an outcome, after its seven days, or without a proposal.",
        "Un recurso en un caso sin resultado, pasados sus siete días, o sin propuesta.",
    ),
    "case_appealed_without": (
        "A proposal whether an outcome stands, in no case.",
        "Una propuesta sobre si vale un resultado, sin ningún caso.",
    ),
    "case_closed": (
        "A case is closed otherwise than its time, the assembly or the lot says.",
        "Un caso se cierra de otra forma que la que dicen su plazo, la asamblea o el sorteo.",
    ),
    "panel_ends_otherwise": (
        "A panel's outcome ends a mandate, and the mandate goes on.",
        "El resultado de un panel termina un mandato, y el mandato sigue.",
    ),
}
