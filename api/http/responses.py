"""Values → response models: pure functions, one for each response."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from api.backend.protocol import Backend, BackendStatus, Completion
from api.http import response_models as out
from api.http.site_address import site_link
from corpus.analysis.web_addresses import web_address
from corpus.models import Article
from index.types import Hit, SearchRequest, SearchResult
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

Articles = Mapping[str, Article]


def article_path(article_id: str, section: int | None = None) -> str:
    """Return the path of an article's page below the site; every character of an id is safe."""
    anchor = "" if section is None else f"#section-{section}"
    return f"/articles/{quote(article_id, safe='')}{anchor}"


def article_page_address(article_id: str, section: int | None = None) -> str:
    """Return the address of an article's page, as the request at hand names addresses."""
    return site_link(article_path(article_id, section))


def search_page_address(text: str) -> str:
    """Return the address of the page that searches the archive for the words of a question."""
    return site_link(f"/?{urlencode({'q': text})}")


def search_out(
    result: SearchResult, articles: Articles, request: SearchRequest, message: str = ""
) -> out.SearchOut:
    """Return one page of hits, without those whose article is gone since the build.

    Parameters
    ----------
    result
        What was found.
    articles
        The articles of its hits, by id; some may be missing.
    request
        The search.
    message
        For the person who searches.
    """
    return out.SearchOut(
        hits=tuple(
            _hit_out(h, articles[h.id])
            for h in result.hits
            if published_in_response(h.id, articles)
        ),
        total=result.total,
        weak=result.weak,
        limit=request.limit,
        offset=request.offset,
        facets={
            name: tuple(
                out.FacetValue(value=value, count=count)
                for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            )
            for name, counts in result.facets.items()
        },
        did_you_mean=result.did_you_mean,
        without_quotes=result.without_quotes,
        message=message,
        notes=result.notes,
        latency_ms=round(result.latency_ms, 3),
    )


def article_out(article: Article, superseded_by: str | None) -> out.ArticleOut:
    """Return one article, its sections numbered from 1."""
    return out.ArticleOut(
        **_article_fields_out(article),
        summary=article.summary,
        sections=tuple(
            out.SectionOut(number=n, heading=s.heading, text=s.text)
            for n, s in enumerate(article.sections, 1)
        ),
        followups=article.followups,
        sources=tuple(
            out.SourceOut(number=s.number, text=s.text, url=web_address(s.url) or None)
            for s in article.sources
        ),
        topic=article.topic,
        publisher=article.publisher,
        language=article.language,
        supersedes=article.supersedes,
        superseded_by=superseded_by,
        notices=tuple(out.NoticeOut(kind=n.kind, date=n.day, text=n.text) for n in article.notices),
    )


def questions_out(
    questions: Iterable[QuestionSuggestion],
    articles: Articles,
    explain: bool,
    remarks: bool = False,
) -> tuple[out.QuestionOut, ...]:
    """Return follow-up questions; one whose answering article is gone counts as unanswered.

    Parameters
    ----------
    questions
        In the order of the response.
    articles
        The articles that answer them, by id; see ``articles_of_response``.
    explain
        Whether contributions are given.
    remarks
        Whether what editors should know is given without them.
    """
    return tuple(
        out.QuestionOut(
            id=q.id,
            text=q.text,
            origin=q.origin,
            score=q.score,
            reasons=q.reasons,
            remarks=q.remarks if explain or remarks else None,
            answer=(answer := _answer_out(q.answer, articles)),
            search=None if answer else search_page_address(q.text),
            contributions=dict(q.contributions) if explain else None,
        )
        for q in questions
    )


def related_out(
    related: Iterable[RelatedSuggestion], articles: Articles, explain: bool
) -> tuple[out.RelatedOut, ...]:
    """Return related articles, without those that are gone.

    Parameters
    ----------
    related
        In the order of the response.
    articles
        The related articles, by id; see ``articles_of_response``.
    explain
        Whether contributions are given.
    """
    return tuple(
        out.RelatedOut(
            **_article_fields_out(article),
            language=article.language,
            relation=r.relation,
            probability=r.probability,
            score=r.score,
            reasons=r.reasons,
            contributions=dict(r.contributions) if explain else None,
        )
        for r in related
        if (article := published_in_response(r.article_id, articles))
    )


def completions_out(completions: Iterable[Completion], articles: Articles) -> out.CompletionsOut:
    """Return completions, each with the article that it leads to, if any."""
    return out.CompletionsOut(
        suggestions=tuple(
            out.CompletionOut(
                text=c.text,
                kind=c.kind,
                article_id=c.article_id or None,
                page=article_page_address(c.article_id) if c.article_id else None,
                url=(web_address(article.url) or None) if article else None,
                claim=article.claim if article else "",
                claimant=article.claimant if article else "",
                image=(web_address(article.image) or None) if article else None,
            )
            for c in completions
            for article in (articles.get(c.article_id),)
        )
    )


def ready_out(status: BackendStatus) -> out.ReadyOut:
    """Return what is being served."""
    return out.ReadyOut(
        ready=status.ready,
        message=status.message,
        articles=status.articles,
        questions=status.questions,
        generation=status.generation,
        built_at=status.built_at,
        encoder=status.encoder,
    )


def articles_of_response(
    backend: Backend, page: Suggestions, own: Article | None = None
) -> Articles:
    """Return, in one look-up, every article that showing a page's suggestions needs.

    Parameters
    ----------
    backend
        Knows the articles.
    page
        The suggestions.
    own
        A draft, which may answer its own questions and is not in the archive.
    """
    ids = [q.answer.article_id for q in (*page.questions, *page.also_checked) if q.answer]
    ids += [r.article_id for r in page.related]
    found = backend.articles(list(dict.fromkeys(ids))) if ids else {}
    return {**found, own.id: own} if own is not None else found


def published_in_response(article_id: str, articles: Articles) -> Article | None:
    """Return the article if it is there and published."""
    article = articles.get(article_id)
    return article if article and article.published else None


def _article_fields_out(article: Article) -> dict[str, Any]:
    """Return the fields by which every response names an article."""
    return {
        "id": article.id,
        "headline": article.headline,
        "page": article_page_address(article.id),
        "url": web_address(article.url) or None,
        "date": article.checked_on,
        "verdict": article.verdict,
        "claim": article.claim,
        "claimant": article.claimant,
        "image": web_address(article.image) or None,
    }


def _hit_out(hit: Hit, article: Article) -> out.HitOut:
    snippet, why = hit.snippet, hit.explanation
    return out.HitOut(
        **_article_fields_out(article),
        publisher=article.publisher,
        topic=article.topic,
        language=article.language,
        score=hit.score,
        found_by=hit.found_by,
        snippet=out.SnippetOut(text=snippet.text, marks=snippet.marks) if snippet else None,
        explanation=out.ExplanationOut(
            features=dict(why.features),
            contributions=dict(why.contributions),
            matched_terms=why.matched_terms,
        )
        if why
        else None,
    )


def _answer_out(answer: Answer | None, articles: Articles) -> out.AnswerOut | None:
    article = published_in_response(answer.article_id, articles) if answer else None
    if answer is None or article is None:
        return None
    there = 0 <= answer.section <= len(article.sections)
    section = answer.section if there else 0
    return out.AnswerOut(
        article_id=article.id,
        headline=article.headline,
        page=article_page_address(article.id, section),
        url=web_address(article.url) or None,
        section=section,
        heading=article.sections[section - 1].heading if section else "Summary",
        language=article.language,
        confidence=min(1.0, max(0.0, answer.confidence)),
    )
