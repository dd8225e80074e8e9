using Microsoft.Playwright;

namespace Nonsmooth.Browser.Tests;

/// <summary>Pages as a browser shows them: to everyone, at every width, alone.</summary>
[Collection("browser")]
public sealed class PageTests(Browser browser, PageFiles files) : IClassFixture<PageFiles>
{
    public static TheoryData<string> Kinds => [.. PageFiles.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task NobodyIsShutOut(string kind)
    {
        var page = await browser.Open();
        await page.GotoAsync(files[kind].AbsoluteUri);
        Assert.Empty(await Faults.Of(page));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ItFitsItsWindowAndLoadsNothingElse(string kind)
    {
        var page = await browser.Open();
        string address = files[kind].AbsoluteUri;
        var (others, complaints) = (new List<string>(), new List<string>());
        await page.RouteAsync(url => url != address, route =>
        {
            others.Add(route.Request.Url);
            return route.AbortAsync();
        });
        page.Console += (_, message) => Add(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Add(true, error);
        foreach (int width in (int[])[1400, 900, 500])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.GotoAsync(address);
            int wide = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth");
            Assert.True(wide <= width, $"{wide} pixels in a window of {width}");
            Assert.Empty(await page.EvaluateAsync<string[]>(Cut));
        }

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Empty(others);
        Assert.Empty(complaints);

        void Add(bool isBad, string text)
        {
            if (isBad)
            {
                complaints.Add(text);
            }
        }
    }

    // Tables and pictures that are wider than the text stand in a frame that scrolls, and that the keyboard reaches.
    private const string Cut = """
        [...document.querySelectorAll('table, svg')].flatMap((wide) => {
          let frame = wide.parentElement;
          while (frame && frame !== document.body && !['auto', 'scroll'].includes(getComputedStyle(frame).overflowX)) {
            frame = frame.parentElement;
          }

          const scrolls = frame && frame !== document.body;
          const over = wide.getBoundingClientRect().right > innerWidth + 1;
          return over && !scrolls ? ['cut: ' + wide.outerHTML.slice(0, 80)] : over && frame.tabIndex < 0 && frame.scrollWidth > frame.clientWidth ? ['not reached by keys: ' + frame.outerHTML.slice(0, 80)] : [];
        })
        """;
}
