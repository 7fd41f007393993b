"""Published worked examples of COPRAS."""


def test_goswami2020(agrees):
    """Goswami, S., Mitra, S. (2020). Selecting the best mobile model by applying AHP-COPRAS and
    AHP-ARAS decision making methodology. International Journal of Data and Network Science 4(1),
    27-42."""
    agrees("copras_goswami2020", "copras")


def test_uysal2022(agrees):
    """Uysal & Inan (2022). Performance evaluation of research assistants by COPRAS. IJSSER. With
    a zero in a benefit column."""
    agrees("copras_uysal2022", "copras")
