using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using Nonsmooth.Cli.Tests;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Browser.Tests;

/// <summary>The page of a run that is going on, in a browser, from a process of its own.</summary>
[Collection("browser")]
public sealed class LivePageTests(Browser browser)
{
    private const string Long = "train lenet5 --train-count 4096 --test-count 256 --epochs 60 --threads 1 --telemetry 20 --out run --watch";

    [Fact]
    public async Task ThePageFollowsARunToItsEnd()
    {
        var page = await browser.Open();
        using var folder = new TemporaryFolder();
        using var run = Training.Start(folder.Path, "train lenet5 --train-count 4096 --test-count 256 --epochs 12 --threads 1 --telemetry 20 --out run --watch");
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(await run.Address());
        await Text(page, "Live: this page follows the run.");
        var seen = new List<(int Step, int Curve)>();
        while (!(await page.Locator("aside").InnerTextAsync()).StartsWith("The run has ended", StringComparison.Ordinal))
        {
            seen.Add((await Step(page), await Curve(page)));
            await page.WaitForTimeoutAsync(500);
        }

        seen.Add((await Step(page), await Curve(page)));
        Assert.Equal(seen.Select(s => s.Step).Order(), seen.Select(s => s.Step));
        Assert.True(seen.Select(s => s.Step).Distinct().Count() > 3, string.Join(' ', seen));
        Assert.True(seen[^1].Curve > seen.First(s => s.Curve > 0).Curve, string.Join(' ', seen));
        Assert.Equal(0, await run.End());
        Assert.Contains("after 12 of 12 epochs", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("aside button").CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task WhereTheReaderIsStaysAndCtrlCEndsItCleanly()
    {
        var page = await browser.Open(width: 500);
        using var folder = new TemporaryFolder();
        using var run = Training.Start(folder.Path, Long);
        await page.GotoAsync(await run.Address());
        await page.Locator("details summary").First.WaitForAsync();
        await page.Locator("details summary").First.ClickAsync();
        await page.EvaluateAsync("scrollTo(0, 700); document.querySelector('main .wide').scrollLeft = 40");
        int before = await Step(page);
        int top = await page.EvaluateAsync<int>("scrollY");
        await Beyond(page, before);
        Assert.True(await page.Locator("details").First.EvaluateAsync<bool>("d => d.open"));
        Assert.Equal((top, 40), (await page.EvaluateAsync<int>("scrollY"), await page.EvaluateAsync<int>("document.querySelector('main .wide').scrollLeft")));
        Assert.Empty(await Faults.Of(page));
        Assert.True(await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth") <= 500);

        await page.Locator("aside button").ClickAsync();
        await Text(page, "Paused: the run goes on, this page waits.");
        before = await Step(page);
        await page.WaitForTimeoutAsync(2500);
        Assert.Equal(before, await Step(page));
        await run.Signal("INT");
        Assert.Equal(130, await run.End());
        await Text(page, "The run has ended: this page stays as it is.");
        Assert.Contains("was stopped at step", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoWantsLittleMotionGetsItAndAKilledRunIsALostConnection()
    {
        var page = await browser.Open(motion: ReducedMotion.Reduce);
        using var folder = new TemporaryFolder();
        using var run = Training.Start(folder.Path, Long);
        await page.GotoAsync(await run.Address());
        await Beyond(page, 0);
        int step = await Step(page);
        await page.WaitForTimeoutAsync(3000);
        Assert.Equal(step, await Step(page));
        await run.Signal("KILL");
        await Text(page, "The connection is lost: nonsmooth has ended. This page shows what was last known.");
        Assert.NotEqual("", await page.Locator("h1").InnerTextAsync());
        Assert.Equal("broken-off", ToolRun.In(folder.Path, "report", "run", "--json").Json.GetProperty("runs")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task StrangersGetNothing()
    {
        var page = await browser.Open();
        using var folder = new TemporaryFolder();
        using var run = Training.Start(folder.Path, Long);
        string address = await run.Address();
        var right = await page.APIRequest.GetAsync(address);
        Assert.Equal(200, right.Status);
        char last = address[^2];
        Assert.Equal((int)HttpStatusCode.NotFound, (await page.APIRequest.GetAsync($"{address[..^2]}{(last == '0' ? '1' : '0')}/")).Status);
        Assert.Equal((int)HttpStatusCode.MethodNotAllowed, (await page.APIRequest.PostAsync(address)).Status);

        // A page of elsewhere can neither read it nor show it in a frame.
        await page.GotoAsync("data:text/html,<title>elsewhere</title>");
        Assert.True(await page.EvaluateAsync<bool>("address => fetch(address).then(() => false, () => true)", address));
        await run.Signal("KILL");
    }

    private const string StepOf = "([...document.querySelectorAll('.verdict, main p, main li')].map((e) => e.textContent).join(' ').match(/step ([\\d,]+) of/) ?? ['', '0'])[1].replace(',', '')";

    private static async Task<int> Step(IPage page) => int.Parse(await page.EvaluateAsync<string>(StepOf), CultureInfo.InvariantCulture) is var step and > 0 ? step
        : (await page.Locator("main").InnerTextAsync()).Contains("complete", StringComparison.Ordinal) ? int.MaxValue : 0;

    private static async Task Beyond(IPage page, int step)
    {
        while (await Step(page) <= step)
        {
            await page.WaitForTimeoutAsync(100);
        }
    }

    // Places of the first curve.
    private static Task<int> Curve(IPage page) => page.EvaluateAsync<int>("(document.querySelector('main .wide svg .line')?.outerHTML ?? '').length");

    private static Task Text(IPage page, string text) => page.Locator("aside span", new() { HasText = text }).WaitForAsync(new() { Timeout = 30_000 });
}
