using System.Text;

namespace Nonsmooth.Cli.Shell;

/// <summary>Hands everything on, and knows whether there was anything.</summary>
internal sealed class WatchedWriter : TextWriter
{
    private readonly TextWriter _inner;

    public WatchedWriter(TextWriter inner) => (_inner, CoreNewLine) = (inner, inner.NewLine.ToCharArray());

    public override Encoding Encoding => _inner.Encoding;

    /// <summary>Whether anything was written.</summary>
    public bool HasWritten { get; private set; }

    public override void Write(char value)
    {
        HasWritten = true;
        _inner.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        HasWritten |= count > 0;
        _inner.Write(buffer, index, count);
    }

    public override void Write(string? value)
    {
        HasWritten |= value is { Length: > 0 };
        _inner.Write(value);
    }

    public override void WriteLine(string? value)
    {
        HasWritten = true;
        _inner.WriteLine(value);
    }

    public override void Flush() => _inner.Flush();
}
