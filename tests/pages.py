"""A page that AppTest has run: whether it is sound, what it says, and its buttons."""

from streamlit.testing.v1 import AppTest


def sound(page: AppTest) -> AppTest:
    """Return the page, once it is certain that it did not end in an exception."""
    assert not page.exception, page.exception
    return page


def words(page: AppTest) -> str:
    """Return all HTML of the page in one string."""
    return "\n".join(element.proto.body for element in page.get("html"))


def press(page: AppTest, key: str) -> AppTest:
    """Press the button whose key begins so, and return the page as it is then."""
    (button,) = (one for one in page.button if one.key and one.key.startswith(key))
    return sound(button.click().run())
