"""Published worked examples of EDAS."""


def test_yazdani2020(agrees):
    """Yazdani, M., Torkayesh, A., Santibanez-Gonzalez, E., Otaghsara, S. (2020). Evaluation of
    renewable energy resources using integrated Shannon Entropy-EDAS model. Sustainable Operations
    and Computers 1, 35-42."""
    agrees("edas_yazdani2020", "edas")


def test_ersoy2021(agrees):
    """Ersoy, Y. (2021). Equipment selection for an e-commerce company using entropy-based
    TOPSIS, EDAS and CODAS methods during the COVID-19. LogForum 17(3).
    doi:10.17270/J.LOG.2021.603."""
    agrees("edas_ersoy2021", "edas")
