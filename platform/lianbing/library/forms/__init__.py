"""Forms of the library."""

from lianbing.library.forms.books import BookForm, BookReviewForm, HoldersForm
from lianbing.library.forms.bringing import ConfirmForm, PasteForm, ReviewForm, UploadForm
from lianbing.library.forms.cards import (
    CardFileForm,
    CardFilterForm,
    CardForm,
    CardReviewForm,
    DeadlineForm,
    ReasonForm,
)
from lianbing.library.forms.cases import CaseFilterForm, CaseForm, CaseReviewForm
from lianbing.library.forms.compiling import CompilationForm, HeadingForm, PutLawForm
from lianbing.library.forms.days import DayField
from lianbing.library.forms.documents import CirculateForm, DocumentFilterForm, ReceiptsForm
from lianbing.library.forms.keeping import (
    FactsForm,
    ImpactForm,
    JoinForm,
    NameLawForm,
    OpenCitationsForm,
    RepealForm,
    SynonymForm,
    WithdrawForm,
)
from lianbing.library.forms.reading import AsOfForm, FilterForm, SearchForm

__all__ = [
    "AsOfForm",
    "BookForm",
    "BookReviewForm",
    "CardFileForm",
    "CardFilterForm",
    "CardForm",
    "CardReviewForm",
    "CaseFilterForm",
    "CaseForm",
    "CaseReviewForm",
    "CirculateForm",
    "CompilationForm",
    "ConfirmForm",
    "DayField",
    "DeadlineForm",
    "DocumentFilterForm",
    "FactsForm",
    "FilterForm",
    "HeadingForm",
    "HoldersForm",
    "ImpactForm",
    "JoinForm",
    "NameLawForm",
    "OpenCitationsForm",
    "PasteForm",
    "PutLawForm",
    "ReasonForm",
    "ReceiptsForm",
    "RepealForm",
    "ReviewForm",
    "SearchForm",
    "SynonymForm",
    "UploadForm",
    "WithdrawForm",
]
