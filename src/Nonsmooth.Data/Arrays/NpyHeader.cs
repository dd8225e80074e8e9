using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nonsmooth.Data.Arrays;

/// <summary>The head of an array in numpy's format: element type, order of bytes and axes, shape.</summary>
/// <remarks>
/// The mark <c>\x93NUMPY</c>, two bytes of version, the length of a text in 2 or 4 bytes, the text, a Python dictionary of
/// <c>descr</c>, <c>fortran_order</c> and <c>shape</c>. Source: numpy, "NEP 1, a simple file format for numpy arrays".
/// </remarks>
internal sealed partial record NpyHeader(StoredType Type, bool IsBigEndian, bool IsFortran, long[] Shape)
{
    private const int MaxText = 1 << 16;

    private static readonly (string Code, StoredType Type)[] _codes =
    [
        ("f8", StoredType.F64), ("f4", StoredType.F32), ("f2", StoredType.F16), ("V2", StoredType.BF16), ("i8", StoredType.I64), ("i4", StoredType.I32), ("i2", StoredType.I16),
        ("i1", StoredType.I8), ("u8", StoredType.U64), ("u4", StoredType.U32), ("u2", StoredType.U16), ("u1", StoredType.U8), ("b1", StoredType.Bool),
    ];

    private static ReadOnlySpan<byte> Mark => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the head; the stream then is at the first element.</summary>
    /// <param name="stream">At the mark.</param>
    /// <param name="refuse">Makes the error from what is wrong.</param>
    public static NpyHeader Read(Stream stream, Func<string, NonsmoothException> refuse)
    {
        Span<byte> begin = stackalloc byte[8];
        if (stream.ReadAtLeast(begin, 8, false) < 8 || !begin.StartsWith(Mark))
        {
            throw refuse("it does not begin as an array of numpy's");
        }

        int size = begin[6] switch { 1 => 2, 2 or 3 => 4, _ => throw refuse($"it is of version {begin[6]}: versions 1 to 3 are read") };
        Span<byte> count = stackalloc byte[4];
        count.Clear();
        if (stream.ReadAtLeast(count[..size], size, false) < size || BitConverter.ToUInt32(count) is var length && length > MaxText)
        {
            throw refuse("its head has no length or one beyond 64 KiB");
        }

        byte[] text = new byte[BitConverter.ToUInt32(count)];
        return stream.ReadAtLeast(text, text.Length, false) == text.Length ? Parse(Encoding.UTF8.GetString(text), refuse) : throw refuse("it ends in its head");
    }

    /// <summary>The head of an array of a type and a shape, row-major and little-endian.</summary>
    public static byte[] Write(StoredType type, IReadOnlyList<long> shape)
    {
        string code = Array.Find(_codes, c => c.Type == type).Code ?? throw new ArgumentException($"numpy has no type for {type.Name()}", nameof(type));
        string sizes = string.Concat(shape.Select(s => s.ToString(CultureInfo.InvariantCulture) + ", ")).TrimEnd();
        string order = type.Size() == 1 ? "|" : "<";
        string text = $"{{'descr': '{order}{code}', 'fortran_order': False, 'shape': ({(shape.Count == 1 ? sizes : sizes.TrimEnd(','))}), }}";
        int length = ((Mark.Length + 4 + text.Length + 1 + 63) / 64 * 64) - Mark.Length - 4;
        return [.. Mark, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n")];
    }

    private static NpyHeader Parse(string text, Func<string, NonsmoothException> refuse)
    {
        string descr = Descr().Match(text).Groups[1].Value;
        var row = Array.Find(_codes, c => descr.Length == 3 && descr[1..] == c.Code);
        if (row.Code is null || !"<>|=".Contains(descr[0], StringComparison.Ordinal))
        {
            throw refuse($"its elements are of type '{PlainText.Of(descr)}': save it as numbers or truth values, as with .astype('float32')");
        }

        var shape = ShapeText().Match(text);
        if (!shape.Success || !Order().IsMatch(text))
        {
            throw refuse("its head names no shape or no order");
        }

        string[] sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var read = new long[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!long.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out read[i]))
            {
                throw refuse($"'{sizes[i]}' in its shape is no size");
            }
        }

        return new NpyHeader(row.Type, descr[0] == '>', Order().Match(text).Groups[1].Value == "True", read);
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\(([0-9, ]*)\)")]
    private static partial Regex ShapeText();
}
