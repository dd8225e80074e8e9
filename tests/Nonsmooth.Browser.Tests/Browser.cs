using Microsoft.Playwright;

namespace Nonsmooth.Browser.Tests;

/// <summary>The system's Chromium, started once; tests that need it skip where there is none.</summary>
[CollectionDefinition("browser")]
public sealed class Browser : IAsyncLifetime, ICollectionFixture<Browser>
{
    private const string Variable = "NONSMOOTH_CHROMIUM";

    // Nothing that a browser does beside what it is told; a sandbox needs rights that a container does not give.
    private static readonly string[] _arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _context;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string?[] places = [Environment.GetEnvironmentVariable(Variable), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        if (Array.Find(places, File.Exists) is { } program)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = _arguments });
        }
    }

    /// <summary>A page of its own, and the one before is closed; skips the test where there is no browser.</summary>
    public async Task<IPage> Open(int width = 1400, ReducedMotion motion = ReducedMotion.NoPreference)
    {
        Assert.SkipWhen(_browser is null, $"There is no Chromium here: pages were NOT tested in a browser; install it (apt-get install chromium), or name it by {Variable}.");
        if (_context is not null)
        {
            await _context.CloseAsync();
        }

        _context = await _browser!.NewContextAsync(new() { ReducedMotion = motion, ViewportSize = new() { Width = width, Height = 900 } });
        return await _context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
