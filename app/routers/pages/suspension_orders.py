"""Suspension orders as everyone may read them: how many persons, of which units, why."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/suspension-orders")


@router.get("")
async def suspension_orders_page(request: Request, api: ApiDep) -> Response:
    wanted = dict(request.query_params)
    page = await api.get("suspension-orders", **wanted)
    return render(
        request, "suspension_orders/list.html", fragment="results", page=page, wanted=wanted
    )


@router.get("/{order_no}")
async def suspension_order_page(order_no: str, request: Request, api: ApiDep) -> Response:
    order = await api.get("suspension-orders", order_no)
    return render(request, "suspension_orders/detail.html", fragment="order", order=order)
