"""What does not hold in confederations: one sentence for each, in English and Spanish."""

from __future__ import annotations

BROKEN = {
    "confederation_without": (
        "A confederation is founded by fewer than two bodies, or by nobody.",
        "Una confederación se funda con menos de dos organismos, o sin ninguno.",
    ),
    "seat_without": (
        "A body is in a confederation without a decision on it, or twice.",
        "Un organismo está en una confederación sin una decisión, o dos veces.",
    ),
    "seat_ended_without": (
        "A body is said to have left a confederation that it was not in, or without having decided so.",
        "Se dice que un organismo dejó una confederación en la que no estaba, o sin haberlo decidido.",
    ),
    "ceded_wrongly": (
        "A matter is ceded twice or without a decision, or taken back when it was not ceded.",
        "Un asunto se cede dos veces o sin una decisión, o se retira sin estar cedido.",
    ),
    "sent_wrongly": (
        "Somebody is sent to a seat that this body does not have.",
        "Se envía a alguien a un puesto que este organismo no tiene.",
    ),
    "deviated_wrongly": (
        "A delegate says something else above than the body has decided, without a mandate that is in force.",
        "Alguien dice arriba otra cosa que lo que decidió el organismo, sin un mandato en vigor.",
    ),
    "asked_wrongly": (
        "Bodies are asked for too short a time, twice, or about another text.",
        "Se pregunta a los organismos con muy poco tiempo, dos veces o sobre otro texto.",
    ),
    "bodies_otherwise": (
        "What was counted is not what all bodies of this confederation say, or not by its rules.",
        "Lo contado no es lo que dicen todos los organismos de esta confederación, o no según sus reglas.",
    ),
    "counted_early": (
        "A question of a confederation is counted before its time is over, or twice.",
        "Una pregunta de una confederación se cuenta antes de tiempo, o dos veces.",
    ),
    "waits_not": (
        "An adopted decision of a confederation does not wait to be called down.",
        "Una decisión aprobada de una confederación no espera a que se la llame a consulta.",
    ),
    "waits_wrongly": (
        "A decision waits for another time than 14 days, or is called narrow when it is not.",
        "Una decisión espera otro tiempo que 14 días, o se dice ajustada sin serlo.",
    ),
    "narrow_stays": (
        "A narrow decision is not put before the people.",
        "Una decisión ajustada no se lleva ante la gente.",
    ),
    "called_down_wrongly": (
        "A decision is called down by too few, or when it did not wait.",
        "Una decisión se llama a consulta con muy pocos, o cuando no esperaba.",
    ),
    "people_not_asked": (
        "A decision was called down, and the people are not asked.",
        "Se llamó una decisión a consulta y no se pregunta a la gente.",
    ),
    "people_asked_wrongly": (
        "The people are asked or counted at the wrong time, or by another share than the charter's.",
        "Se pregunta o se cuenta a la gente a destiempo, o con otra proporción que la de los estatutos.",
    ),
}
