"""Published worked examples of ARAS."""


def test_goswami2020(agrees):
    """Goswami, S., Mitra, S. (2020). Selecting the best mobile model by applying AHP-COPRAS and
    AHP-ARAS decision making methodology. International Journal of Data and Network Science 4(1),
    27-42."""
    agrees("aras_goswami2020", "aras")


def test_stanujkic2015(agrees):
    """Stanujkic, D., Djordjevic, B., Karabasevic, D. (2015). Selection of candidates in the
    process of recruitment and selection of personnel based on the SWARA and ARAS methods.
    Quaestus 7, 53-64."""
    agrees("aras_stanujkic2015", "aras")
