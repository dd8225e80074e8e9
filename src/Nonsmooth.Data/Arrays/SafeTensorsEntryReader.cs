using System.Text.Json;

namespace Nonsmooth.Data.Arrays;

/// <summary>Reads what a safetensors header says of one tensor.</summary>
internal static class SafeTensorsEntryReader
{
    public static SafeTensorsEntry Read(string path, string name, JsonElement element)
    {
        var shown = JsonEncodedText.Encode(name);
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out var sizes) || Integers(sizes) is not { } shape
            || !element.TryGetProperty("data_offsets", out var offsets) || Integers(offsets) is not [var begin, var end])
        {
            throw SafeTensors.Damaged(path, $"tensor {shown} lacks a text dtype, a shape of whole numbers or two data_offsets");
        }

        if (element.GetPropertyCount() != 3)
        {
            throw SafeTensors.Damaged(path, $"tensor {shown} has an entry that is not dtype, shape or data_offsets");
        }

        if (end < begin)
        {
            throw SafeTensors.Damaged(path, $"tensor {shown} ends at byte {end}, before its start at {begin}");
        }

        if (StoredTypes.Parse(type.GetString()) is not { } stored)
        {
            // Passed over: only who asks for it is refused.
            return new SafeTensorsEntry(name, null, type.GetString()!, shape, begin, end);
        }

        var bytes = StoredTensor.ByteCount(stored, shape);
        if (bytes != end - begin)
        {
            var needed = bytes < 0 ? "more than can be counted" : $"{bytes}";
            throw SafeTensors.Damaged(path, $"tensor {shown} of {stored.Name()} [{string.Join(", ", shape)}] needs {needed} bytes but has {end - begin}");
        }

        return bytes <= Array.MaxLength
            ? new SafeTensorsEntry(name, stored, stored.Name(), shape, begin, end)
            : throw new NonsmoothException($"'{path}' holds tensor {shown} of {bytes} bytes, more than the {Array.MaxLength} read here; split it.");
    }

    /// <summary>An array of non-negative whole numbers, or null where the element is something else.</summary>
    private static long[]? Integers(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var numbers = new long[element.GetArrayLength()];
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i]) || numbers[i++] < 0)
            {
                return null;
            }
        }

        return numbers;
    }
}
