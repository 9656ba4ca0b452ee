"""How Setfair looks and speaks: layouts, page components, the style sheet, fonts, and the few small scripts.

Everything a page is made of lives here once, so that a screen on any floor is
a short list of `<c-...>` components and nothing else. It knows no domain and
has no tables; it may be read by every floor. No component needs JavaScript,
and none carries inline style or script. The gallery at `/ui` shows each in
every state.
"""
