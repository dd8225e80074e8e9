using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Nonsmooth.Tensors;

namespace Nonsmooth.Tests.Shared;

/// <summary>Reads the arrays of an npz file, as doubles, longs or truth values.</summary>
internal static class NpzFile
{
    public static Dictionary<string, Tensor> Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(e => e.FullName[..^".npy".Length], Read);
    }

    private static Tensor Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        int length = bytes[6] == 1 ? BitConverter.ToUInt16(bytes, 8) : BitConverter.ToInt32(bytes, 8);
        int start = bytes[6] == 1 ? 10 : 12;
        string header = Encoding.ASCII.GetString(bytes, start, length);
        string type = Between(header, "'descr': '", "'");
        var shape = new Shape([.. Between(header, "'shape': (", ")").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(s => int.Parse(s, CultureInfo.InvariantCulture))]);
        var stored = header.Contains("'fortran_order': True", StringComparison.Ordinal) ? new Shape([.. shape.Reverse()]) : shape;
        var tensor = Parse(entry.FullName, type, stored, bytes.AsSpan(start + length));
        return ReferenceEquals(stored, shape) ? tensor : Ordered(tensor, shape);
    }

    // Columns first: the axes stand the other way round.
    private static Tensor Ordered(Tensor tensor, Shape shape)
    {
        var values = (Tensor<double>)tensor;
        var (strides, from) = (shape.Strides(), tensor.Shape.Strides());
        return Tensor.Generate(shape, i => values[Enumerable.Range(0, shape.Rank).Sum(axis => i / strides[axis] % shape[axis] * from[shape.Rank - 1 - axis])]);
    }

    private static Tensor Parse(string name, string type, Shape shape, ReadOnlySpan<byte> data)
    {
        return type switch
        {
            "<f4" => Tensor.Of(shape, Array.ConvertAll(MemoryMarshal.Cast<byte, float>(data).ToArray(), x => (double)x)),
            "<f2" => Tensor.Of(shape, Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(data).ToArray(), x => (double)x)),
            "<f8" => Tensor.Of(shape, MemoryMarshal.Cast<byte, double>(data).ToArray()),
            "<i8" => Tensor.Of(shape, MemoryMarshal.Cast<byte, long>(data).ToArray()),
            "<i4" => Tensor.Of(shape, Array.ConvertAll(MemoryMarshal.Cast<byte, int>(data).ToArray(), x => (long)x)),
            "|b1" => Tensor.Of(shape, Array.ConvertAll(data.ToArray(), b => b != 0)),
            _ => throw new NotSupportedException($"{name} is of type {type}"),
        };
    }

    private static string Between(string text, string before, string after)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }
}
