using System.Runtime.InteropServices;
using System.Text;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>A text as tokens of 16 bits with its vocabulary.</summary>
/// <param name="Source">What it was made from, in words that change when that does.</param>
/// <param name="Vocabulary">What each token stands for.</param>
/// <param name="Tokens">The text; read from a file, it is mapped into memory and not copied.</param>
/// <remarks>
/// The file: the mark <c>NONSTOK1</c>; three 32-bit numbers, the bytes of the head, the number of tokens and the CRC-32C
/// of head and tokens; the head, UTF-8 texts each behind its length in 32 bits: source, then vocabulary, filled up to an
/// even length; the tokens. All little-endian.
/// </remarks>
public sealed record TokenFile(string Source, IReadOnlyList<string> Vocabulary, ReadOnlyMemory<ushort> Tokens)
{
    private const int Start = 20;
    private const int Part = 1 << 20;

    private static ReadOnlySpan<byte> Mark => "NONSTOK1"u8;

    /// <summary>Opens a file and checks it to the last byte.</summary>
    /// <exception cref="NonsmoothException">It is missing, no token file, cut short or damaged.</exception>
    public static TokenFile Open(string path)
    {
        InputFile.Check(path, "token file");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            var begin = new byte[Start];
            if (stream.ReadAtLeast(begin, Start, throwOnEndOfStream: false) < Start || !begin.AsSpan().StartsWith(Mark))
            {
                throw Wrong(path, "it does not begin as one");
            }

            int headLength = BitConverter.ToInt32(begin, 8);
            int count = BitConverter.ToInt32(begin, 12);
            long expected = Start + headLength + ((long)count * sizeof(ushort));
            if (headLength < 0 || count < 0 || stream.Length != expected)
            {
                throw Wrong(path, $"it has {stream.Length} bytes and should have {expected}");
            }

            var head = new byte[headLength];
            stream.ReadExactly(head);
            var tokens = new MappedFile(path).Run<ushort>(Start + headLength, count);
            uint state = Checksum.Append(Checksum.Start, head);
            foreach (var part in MappedRun.Parts(tokens))
            {
                state = Checksum.Append(state, part.Span);
            }

            if (Checksum.Finish(state) != BitConverter.ToUInt32(begin, 16))
            {
                throw Wrong(path, "its checksum is wrong");
            }

            var texts = Texts(path, head);
            return new TokenFile(texts[0], texts[1..], tokens);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"token file '{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): check its path and rights", e);
        }
    }

    /// <summary>Writes the file in one step; see <see cref="AtomicFile"/>.</summary>
    /// <exception cref="NonsmoothException">It cannot be written.</exception>
    public void Write(string path)
    {
        var head = Head();
        uint state = Checksum.Append(Checksum.Append(Checksum.Start, head), Tokens.Span);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Mark);
            stream.Write(BitConverter.GetBytes(head.Length));
            stream.Write(BitConverter.GetBytes(Tokens.Length));
            stream.Write(BitConverter.GetBytes(Checksum.Finish(state)));
            stream.Write(head);
            foreach (int first in Enumerable.Range(0, (Tokens.Length + Part - 1) / Part).Select(i => i * Part))
            {
                stream.Write(MemoryMarshal.AsBytes(Tokens.Span.Slice(first, Math.Min(Part, Tokens.Length - first))));
            }
        });
    }

    private byte[] Head()
    {
        var head = new List<byte>();
        foreach (string text in Vocabulary.Prepend(Source))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            head.AddRange(BitConverter.GetBytes(bytes.Length));
            head.AddRange(bytes);
        }

        if (head.Count % 2 == 1)
        {
            head.Add(0);
        }

        return [.. head];
    }

    private static List<string> Texts(string path, ReadOnlySpan<byte> head)
    {
        var texts = new List<string>();
        while (head.Length >= sizeof(int))
        {
            int length = BitConverter.ToInt32(head);
            if (length < 0 || length > head.Length - sizeof(int))
            {
                throw Wrong(path, "its vocabulary has no end");
            }

            texts.Add(Encoding.UTF8.GetString(head.Slice(sizeof(int), length)));
            head = head[(sizeof(int) + length)..];
        }

        return texts.Count >= 2 ? texts : throw Wrong(path, "it has no vocabulary");
    }

    private static NonsmoothException Wrong(string path, string why) =>
        new($"'{path}' is no whole token file, {why}: it is cut short or damaged; delete it, so that it is made again from its text");
}
