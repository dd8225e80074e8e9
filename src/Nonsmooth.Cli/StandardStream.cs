using System.Text;

namespace Nonsmooth.Cli;

/// <summary>Standard output or error: where it is closed, or its disk full, the one is an error in one line and the other is silent.</summary>
internal sealed class StandardStream(TextWriter inner, bool isOutput) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nobody can be told, nobody is.
            if (isOutput)
            {
                string why = (e.InnerException ?? e).Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
                throw new NonsmoothException($"standard output cannot be written ({why}): the result is lost or cut", e);
            }
        }
    }
}
