"""Somebody does what no page of the product does: the policies are asked first."""

from tests.web.ledger.test_recording import said, token_of

from xunzhang.policy.models import Event


def test_what_policies_speak_of_is_offered_beside_the_events(story, browser):
    page = said(browser(story.seller).get("/ledger/record/"))
    assert "须先问制度的事" in page
    assert "/ledger/do/file.delete/" in page
    assert "/ledger/do/visit.record/" not in page


def test_what_an_article_forbids_is_refused_on_the_spot_with_all_that_was_entered(story, browser):
    client, customer = browser(story.seller), story.customers["马兰"]
    page = said(client.get(f"/ledger/do/file.delete/?customer={customer.pk}"))
    assert "马兰" in page
    answer = client.post(
        "/ledger/do/file.delete/",
        {"token": token_of(page), "v-customer": "马兰", "v-reason": "重复录入"},
    )
    assert answer.status_code == 403
    shown = answer.content.decode()
    assert "第 1.4 条" in shown
    assert "重复录入" in shown
    refused = Event.objects.filter(type="action.refused").latest("seq")
    assert (refused.keys["action"], refused.keys["articles"]) == ("file.delete", ["1.4"])
    assert not Event.objects.filter(type="action.done").exists()


def test_an_action_of_a_page_or_of_nobody_is_not_found(story, browser):
    client = browser(story.seller)
    for action in ("customer.create", "visit.record", "no.such"):
        assert client.get(f"/ledger/do/{action}/").status_code == 404
