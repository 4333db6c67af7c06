using System.Text.Json;
using Microsoft.Playwright;

namespace OnBehalf.Tests.Walks;

/// <summary>What a person reads on a page: tiles by their label, tables by their name.</summary>
sealed class Seen
{
    // Runs in the page. A tile's value, p90 and what stands below; a table's cells by the heading of their column.
    const string Script = """
        () => {
          const text = node => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
          const tiles = {}, tables = {};
          for (const tile of document.querySelectorAll('.tile')) {
            const subs = [...tile.querySelectorAll('.sub')];
            tiles[text(tile.querySelector('dt')).replace(/ \?$/, '')] = {
              value: text(tile.querySelector('.value')), change: text(tile.querySelector('dd > .change')),
              sub: text(subs[0]), p90: text(subs[1]?.querySelector('a')) };
          }
          for (const region of document.querySelectorAll('[role=region], table[aria-label]')) {
            const table = region.matches('table') ? region : region.querySelector('table');
            if (!table) continue;
            const heads = [...table.querySelectorAll('thead th')].map(head => text(head).replace(/[▲▼↑↓]/g, '').trim());
            tables[region.getAttribute('aria-label')] = [...table.querySelectorAll('tbody tr, tfoot tr')].map(row =>
              Object.fromEntries([...row.cells].map((cell, i) => [heads[i], text(cell)])));
          }
          return JSON.stringify({ url: location.href, head: text(document.querySelector('h1')), tiles, tables,
            letters: document.querySelectorAll('.letter').length, big: text(document.querySelector('.big')),
            figure: text(document.querySelector('.title h2')),
            facts: Object.fromEntries([...document.querySelectorAll('.facts dt')].map(dt => [text(dt), text(dt.nextElementSibling)])) });
        }
        """;

    readonly JsonElement _page;

    Seen(JsonElement page) => _page = page;

    /// <summary>Goes to a page and reads it.</summary>
    public static async Task<Seen> ReadAsync(IPage page, string url)
    {
        await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return new(JsonElement.Parse(await page.EvaluateAsync<string>(Script)));
    }

    public int Letters => _page.GetProperty("letters").GetInt32();

    /// <summary>A text of the page by its name: head, big, figure.</summary>
    public string Text(string name) => _page.GetProperty(name).GetString()!;

    /// <summary>What is said of a figure.</summary>
    public string Fact(string name) => _page.GetProperty("facts").GetProperty(name).GetString()!;

    /// <summary>A part of a tile: value, change, sub or p90.</summary>
    public string Tile(string label, string part = "value") => _page.GetProperty("tiles").TryGetProperty(label, out var tile)
        ? tile.GetProperty(part).GetString()!
        : throw new InvalidOperationException($"There is no tile '{label}' on {Text("url")}: {_page.GetProperty("tiles")}");

    /// <summary>A table's rows.</summary>
    public List<Dictionary<string, string>> Table(string name) => _page.GetProperty("tables").TryGetProperty(name, out var table)
        ? [.. table.EnumerateArray().Select(row => row.EnumerateObject().ToDictionary(cell => cell.Name, cell => cell.Value.GetString()!))]
        : throw new InvalidOperationException($"There is no table '{name}' on {Text("url")}.");
}
