"""The smallest useful typer program: what a cold look-up is measured against."""

import typer

app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def main(name: str) -> None:
    """Say one word."""
    typer.echo(name)


if __name__ == "__main__":
    app()
