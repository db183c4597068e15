from django.shortcuts import render


def home(request):
    return render(request, "core/methods.html")


listing = detail = search = home
