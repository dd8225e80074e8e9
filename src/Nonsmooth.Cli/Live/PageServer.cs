using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Nonsmooth.Cli.Live;

/// <summary>Shows one page to the browsers of this machine: it listens on 127.0.0.1 alone, under an address that cannot be guessed, and takes nothing.</summary>
internal sealed class PageServer : IDisposable
{
    private const int TokenBytes = 16;
    private const int Tries = 10;
    private static readonly byte[] _script = Resource(LivePage.Script);

    private readonly HttpListener _listener;
    private readonly Func<LivePage> _page;
    private readonly string _host;
    private readonly byte[] _token;
    private long _asked;

    private PageServer(HttpListener listener, int port, Func<LivePage> page)
    {
        (_listener, _page) = (listener, page);
        _host = string.Create(CultureInfo.InvariantCulture, $"{IPAddress.Loopback}:{port}");
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        _token = Encoding.ASCII.GetBytes(token);
        Address = new Uri($"http://{_host}/{token}/");
        _ = Listen();
    }

    /// <summary>Where the page is; who does not know it gets nothing.</summary>
    public Uri Address { get; }

    /// <summary>Begins to show a page.</summary>
    /// <param name="page">Gives the page as it is at the moment, to any thread.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="NonsmoothException">The port cannot be had.</exception>
    public static PageServer Start(Func<LivePage> page, int port)
    {
        for (int left = Tries; ; left--)
        {
            int tried = port > 0 ? port : Free();
            var listener = new HttpListener();
            listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://{IPAddress.Loopback}:{tried}/"));
            try
            {
                listener.Start();
                return new PageServer(listener, tried, page);
            }
            catch (HttpListenerException e)
            {
                listener.Close();

                // Another program can take a free port between the question and the start.
                if (port > 0 || left == 1)
                {
                    throw new NonsmoothException($"port {tried} of {IPAddress.Loopback} cannot be had ({e.Message.TrimEnd('.')}): give another, as --watch={(tried < IPEndPoint.MaxPort ? tried + 1 : 8080)}, or --watch alone for a free one", e);
                }
            }
        }
    }

    /// <summary>Whether a browser has asked within some time.</summary>
    public bool IsWatched(TimeSpan within) => Volatile.Read(ref _asked) is var asked and not 0 && TimeSpan.FromMilliseconds(Environment.TickCount64 - asked) < within;

    /// <summary>Shows nothing any more.</summary>
    public void Dispose() => _listener.Close();

    private static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task Listen()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync().ConfigureAwait(false);

                // One that reads slowly keeps no other waiting.
                _ = Task.Run(() => Attempt(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The server was closed: the loop's condition tells.
            }
        }
    }

    private void Attempt(HttpListenerContext context)
    {
        try
        {
            Answer(context);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The browser went away, or the server was closed.
            context.Response.Abort();
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        string[] path = (request.Url?.AbsolutePath ?? "").Split('/');

        // A page of elsewhere can make a browser call this server by a name of its own.
        if (request.UserHostName != _host || path is not ["", var token, var name] || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), _token))
        {
            Send(response, HttpStatusCode.NotFound);
        }
        else if (request.HttpMethod is not ("GET" or "HEAD"))
        {
            response.Headers["Allow"] = "GET, HEAD";
            Send(response, HttpStatusCode.MethodNotAllowed);
        }
        else if (name == LivePage.Script)
        {
            Send(response, HttpStatusCode.OK, "text/javascript; charset=utf-8", _script, request.HttpMethod == "HEAD");
        }
        else if (name.Length == 0)
        {
            Show(request, response);
        }
        else
        {
            Send(response, HttpStatusCode.NotFound);
        }
    }

    private void Show(HttpListenerRequest request, HttpListenerResponse response)
    {
        Volatile.Write(ref _asked, Environment.TickCount64);
        LivePage page;
        try
        {
            page = _page();
        }
#pragma warning disable CA1031 // A defect of a page is told where the page would be; the run goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Send(response, HttpStatusCode.InternalServerError, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"this is a defect of nonsmooth, please report it: {e}"));
            return;
        }

        response.Headers["ETag"] = page.Tag;
        response.Headers["Content-Security-Policy"] = page.Policy;
        response.Headers["Nonsmooth-State"] = page.HasEnded ? "ended" : "live";
        if (request.Headers["If-None-Match"] == page.Tag)
        {
            Send(response, HttpStatusCode.NotModified);
        }
        else
        {
            Send(response, HttpStatusCode.OK, "text/html; charset=utf-8", page.Html, request.HttpMethod == "HEAD");
        }
    }

    private static void Send(HttpListenerResponse response, HttpStatusCode code, string? type = null, byte[]? content = null, bool isHead = false)
    {
        response.StatusCode = (int)code;
        response.ContentType = type;
        response.ContentLength64 = content?.Length ?? 0;
        if (content is not null && !isHead)
        {
            response.OutputStream.Write(content);
        }

        response.Close();
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(PageServer).Assembly.GetManifestResourceStream($"live/{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
