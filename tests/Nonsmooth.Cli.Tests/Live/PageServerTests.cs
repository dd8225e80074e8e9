using System.Net;
using System.Net.Sockets;
using System.Text;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Live;

namespace Nonsmooth.Cli.Tests.Live;

/// <summary>What the server of live pages gives, and to whom.</summary>
public sealed class PageServerTests : IDisposable
{
    private readonly PageServer _server;
    private readonly HttpClient _client = new();
    private string _title = "One";
    private bool _hasEnded;
    private bool _isBroken;

    public PageServerTests() => _server = PageServer.Start(() => _isBroken ? throw new InvalidOperationException() : new LivePage(HtmlWriter.Of(new Document(new object(), _title).Say("Words.")), _hasEnded), 0);

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task ThePageIsThereForWhoKnowsItsAddress()
    {
        var answer = await Ask(HttpMethod.Get, _server.Address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<h1>One</h1>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(32, _server.Address.AbsolutePath.Trim('/').Length);
        Assert.Equal("127.0.0.1", _server.Address.Host);
        var script = await Ask(HttpMethod.Get, new Uri(_server.Address, "live.js"));
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task OnlyChangesAreSentAndTheEndIsTold()
    {
        var first = await Ask(HttpMethod.Get, _server.Address);
        string tag = first.Headers.GetValues("ETag").Single();
        Assert.Equal(("live", HttpStatusCode.NotModified), await Again());
        _title = "Two";
        Assert.Equal(("live", HttpStatusCode.OK), await Again());
        (_title, _hasEnded) = ("One", true);
        Assert.Equal(("ended", HttpStatusCode.OK), await Again());

        async Task<(string, HttpStatusCode)> Again()
        {
            var answer = await Ask(HttpMethod.Get, _server.Address, request => request.Headers.TryAddWithoutValidation("If-None-Match", tag));
            return (answer.Headers.GetValues("Nonsmooth-State").Single(), answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task NothingIsTaken(string method)
    {
        var answer = await Ask(new HttpMethod(method), _server.Address);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task HeadHasNoBody()
    {
        var answer = await Ask(HttpMethod.Head, _server.Address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 100);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnotherTokenPathOrNameOfThisMachineGetsNothing()
    {
        string token = _server.Address.AbsolutePath.Trim('/');
        string other = (token[0] == '0' ? '1' : '0') + token[1..];
        foreach (string path in (string[])["/", $"/{other}/", $"/{token[..^1]}/", $"/{token}", $"/{token}/run.json", $"/{token}/../", $"/{token}//", "/live.js", $"/{token}/%2e%2e/etc/passwd"])
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await Ask(HttpMethod.Get, new Uri(_server.Address, path))).StatusCode));
        }

        foreach (string host in (string[])["evil.example", $"evil.example:{_server.Address.Port}", $"localhost:{_server.Address.Port}", "127.0.0.1", "127.0.0.1:1"])
        {
            string line = await Raw($"GET {_server.Address.AbsolutePath} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            Assert.True(line.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || line.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), $"{host}: {line}");
        }
    }

    [Fact]
    public async Task WhatIsNoHttpDoesNotStopIt()
    {
        await Raw("\0\u0001 nonsense\r\n\r\n");
        await Raw($"GET {new string('a', 100_000)} HTTP/1.1\r\n\r\n");
        Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Get, _server.Address)).StatusCode);
    }

    [Fact]
    public async Task AReaderThatDoesNotReadKeepsNobodyWaiting()
    {
        _title = new string('x', 8_000_000);
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, _server.Address.Port, TestContext.Current.CancellationToken);
        await slow.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"GET {_server.Address.AbsolutePath} HTTP/1.1\r\nHost: {_server.Address.Authority}\r\n\r\n"), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Get, new Uri(_server.Address, "live.js"))).StatusCode);
    }

    [Fact]
    public async Task APageThatCannotBeMadeIsToldAndTheNextIsShown()
    {
        _isBroken = true;
        Assert.Equal(HttpStatusCode.InternalServerError, (await Ask(HttpMethod.Get, _server.Address)).StatusCode);
        _isBroken = false;
        Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Get, _server.Address)).StatusCode);
    }

    [Fact]
    public void OtherAddressesOfThisMachineDoNotListen()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Throws<SocketException>(() => socket.Connect(new IPEndPoint(IPAddress.Parse("127.0.0.2"), _server.Address.Port)));
    }

    [Fact]
    public void ATakenPortIsNamedWithAnother()
    {
        int port = _server.Address.Port;
        var error = Assert.Throws<NonsmoothException>(() => PageServer.Start(() => throw new InvalidOperationException(), port));
        Assert.StartsWith($"port {port} of 127.0.0.1 cannot be had (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", or --watch alone for a free one", error.Message, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Ask(HttpMethod method, Uri address, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(method, address);
        change?.Invoke(request);
        return _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<string> Raw(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        }
        catch (IOException)
        {
            // It hung up, which is an answer too.
            return "";
        }
    }
}
