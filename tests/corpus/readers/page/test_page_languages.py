"""A page of each language is read whole: headline, claim, verdict, parts, sources, questions."""

from __future__ import annotations

import pytest

from corpus.models import Article
from corpus.readers import read_page

PAGES = {
    "de": """
Faktencheck: Trinken Bäume im Winter?
Von Ada Nord und Bo Lind
Geprüft am 2024-03-09
Behauptung: Bäume trinken auch im Winter.
Bewertung: Größtenteils falsch

Zusammenfassung
Ohne Blätter ruht der Strom des Wassers fast ganz [1].

1. Zusammenfassung der Ergebnisse
Die Wurzeln nehmen kaum etwas auf [1].
2. Fehlender Kontext/alternative Sichtweisen
Nadelbäume trinken an milden Tagen.

Quellen
[1] Waldinstitut, Messungen. https://wald.example/1

Möchten Sie tiefer eintauchen?
Warum werfen Bäume ihre Blätter ab?
""",
    "es": """
Verificación: ¿Beben los árboles en invierno?
Por Ada Norte y Bo Lindo
Verificado el 2024-03-09
Afirmación: Los árboles beben también en invierno.
Calificación: Mayormente falso

Resumen
Sin hojas la corriente de agua casi se detiene [1].

1. Resumen de los resultados
Las raíces apenas absorben nada [1].
2. Contexto que falta y puntos de vista alternativos
Las coníferas beben en días templados.

Fuentes
[1] Instituto del Bosque, Mediciones. https://wald.example/1

¿Quiere profundizar?
¿Por qué pierden los árboles sus hojas?
""",
    "fr": """
Vérification : Les arbres boivent-ils en hiver ?
Par Ada Nord et Bo Lind
Vérifié le 2024-03-09
L’affirmation : Les arbres boivent aussi en hiver.
Verdict : Plutôt faux

Résumé
Sans feuilles, le courant d’eau s’arrête presque [1].

1. Résumé des résultats
Les racines n’absorbent presque rien [1].
2. Contexte manquant / autres points de vue
Les conifères boivent par temps doux.

Sources
[1] Institut du bois, Mesures. https://wald.example/1

Envie d’approfondir ?
Pourquoi les arbres perdent-ils leurs feuilles ?
""",
    "pt": """
Checagem: As árvores bebem no inverno?
Por Ada Norte e Bo Lindo
Verificado em 2024-03-09
Alegação: As árvores bebem também no inverno.
Veredito: Quase tudo falso

Resumo
Sem folhas, a corrente de água quase para [1].

1. Resumo dos resultados
As raízes quase nada absorvem [1].
2. Contexto ausente/pontos de vista alternativos
As coníferas bebem em dias amenos.

Fontes
[1] Instituto da Floresta, Medições. https://wald.example/1

Quer se aprofundar?
Por que as árvores perdem as folhas?
""",
    "it": """
Verifica dei fatti: Gli alberi bevono in inverno?
Di Ada Nord e Bo Lindo
Verificato il 2024-03-09
Affermazione: Gli alberi bevono anche in inverno.
Verdetto: Quasi falso

In sintesi
Senza foglie la corrente d’acqua quasi si ferma [1].

1. Sintesi dei risultati
Le radici assorbono pochissimo [1].
2. Contesto mancante/punti di vista alternativi
Le conifere bevono nei giorni miti.

Fonti
[1] Istituto del bosco, Misure. https://wald.example/1

Vuoi approfondire?
Perché gli alberi perdono le foglie?
""",
    "hi": """
फैक्ट चेक: क्या पेड़ सर्दियों में पानी पीते हैं?
जांच की तारीख: 2024-03-09
दावा: पेड़ सर्दियों में भी पानी पीते हैं।
रेटिंग: ज़्यादातर गलत

सारांश
पत्तों के बिना पानी का बहाव लगभग रुक जाता है [1]।

1. परिणामों का सारांश
जड़ें बहुत कम पानी लेती हैं [1]।
2. छूटा हुआ संदर्भ और अन्य दृष्टिकोण
चीड़ के पेड़ हल्के दिनों में पानी पीते हैं।

स्रोत
[1] वन संस्थान, मापन। https://wald.example/1

क्या आप और जानना चाहते हैं?
पेड़ अपने पत्ते क्यों गिराते हैं?
""",
    "ar": """
تدقيق الحقائق: هل تشرب الأشجار الماء في الشتاء؟
تم التحقق في 2024-03-09
الادعاء: الأشجار تشرب الماء في الشتاء أيضا.
التقييم: خاطئ في معظمه

الملخص
من دون أوراق يكاد جريان الماء يتوقف [1].

1. ملخص النتائج
الجذور لا تمتص إلا القليل [1].
2. السياق المفقود ووجهات نظر أخرى
الصنوبريات تشرب في الأيام الدافئة.

المصادر
[1] معهد الغابة، قياسات. https://wald.example/1

هل تريد معرفة المزيد؟
لماذا تفقد الأشجار أوراقها؟
""",
}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("form", ["plain", "headings", "tight"])
def test_a_page_is_read_in_its_language(language: str, form: str) -> None:
    text = PAGES[language]
    lines = [line for line in text.splitlines() if line]
    if form == "headings":
        text = text.replace("\n1. ", "\n## 1. ").replace("\n2. ", "\n## 2. ")
    elif form == "tight":
        text = "\n".join(lines)
    article = read_page(text, name="trees.txt")
    assert isinstance(article, Article)
    assert article.headline == lines[0].split(":", 1)[1].strip()
    assert str(article.checked_on) == "2024-03-09"
    assert article.claim.endswith((".", "।"))
    assert article.verdict
    assert ":" not in article.claim + article.verdict
    assert article.summary.count("[1]") == 1
    assert "\n" not in article.summary  # neither authors nor values
    assert len(article.sections) == 2
    assert not any(section.heading[0].isdigit() for section in article.sections)
    assert [source.url for source in article.sources] == ["https://wald.example/1"]
    assert article.followups == (lines[-1],)


@pytest.mark.parametrize("language", PAGES)
def test_without_a_summary_the_results_are_it(language: str) -> None:
    text = PAGES[language]
    parts = text.split("\n\n")
    article = read_page("\n\n".join(parts[:1] + parts[2:]), name="trees.txt")
    assert isinstance(article, Article)
    assert article.summary == article.sections[0].text
