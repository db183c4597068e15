"""What a browser would send: the fields of a page as they stand, changed here and there."""

from django.forms import ModelMultipleChoiceField, MultipleChoiceField


def typed(answer, **changes):
    """The data of the form on the page, with `changes`; `aliases-0-name` is written aliases_0_name.

    A value of None takes a field away.
    """
    bound = answer.context["bound"]
    data = {"edition": answer.context["edition"]}
    for form in [bound.form, *(form for _part, formset in bound.parts for form in formset)]:
        data |= values(form)
    for _part, formset in bound.parts:
        data |= values(formset.management_form)
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def values(form):
    found = {}
    for field in form:
        value = field.value()
        if field.name == "DELETE" or value is False:
            continue
        if hasattr(field.field, "prepare_value"):
            value = field.field.prepare_value(value)
        if isinstance(field.field, MultipleChoiceField | ModelMultipleChoiceField):
            value = value or []
        if isinstance(value, list | tuple) or hasattr(value, "all"):
            value = [str(getattr(one, "pk", one)) for one in value]
        found[field.html_name] = "on" if value is True else "" if value is None else value
    return found


def errors(answer):
    """Every error on the page, by the name of its input; what is not at a field is under ''."""
    bound = answer.context["bound"]
    found = {}
    for form in [bound.form, *(form for _part, formset in bound.parts for form in formset)]:
        for name, said in form.errors.items():
            key = form.add_prefix(name) if name != "__all__" else (form.prefix or "")
            found[key] = " ".join(str(one) for one in said)
    return found
