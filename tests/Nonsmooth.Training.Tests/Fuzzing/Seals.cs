using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Training.Tests.Fuzzing;

/// <summary>Makes the checksums of damaged files right again, so that what lies behind them is tried; a file too short for one stays.</summary>
internal static class Seals
{
    public static byte[] Png(byte[] file)
    {
        for (int at = 8; at + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
            {
                break;
            }

            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc32.HashToUInt32(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }

        return file;
    }

    public static byte[] Tar(byte[] file)
    {
        for (int at = 0; at + 512 <= file.Length; at += 512)
        {
            if (file.AsSpan(at + 257).StartsWith("ustar"u8))
            {
                file.AsSpan(at + 148, 8).Fill((byte)' ');
                int sum = 0;
                foreach (byte value in file.AsSpan(at, 512))
                {
                    sum += value;
                }

                Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(file, at + 148);
            }
        }

        return file;
    }

    public static byte[] Tokens(byte[] file)
    {
        if (file.Length >= 20)
        {
            BitConverter.GetBytes(Sum(file.AsSpan(20))).CopyTo(file, 16);
        }

        return file;
    }

    public static byte[] Tail(byte[] file)
    {
        if (file.Length >= 4)
        {
            BitConverter.GetBytes(Sum(file.AsSpan(0, file.Length - 4))).CopyTo(file, file.Length - 4);
        }

        return file;
    }

    public static byte[] Folder(byte[] file)
    {
        if (file.Length >= 8)
        {
            long table = 18L * Math.Max(0, BitConverter.ToInt32(file, file.Length - 8));
            if (table <= file.Length - 8)
            {
                BitConverter.GetBytes(Sum(file.AsSpan(file.Length - 8 - (int)table, (int)table))).CopyTo(file, file.Length - 4);
            }
        }

        return file;
    }

    public static byte[] Tensors(byte[] file)
    {
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\"{SafeTensors.ChecksumKey}\":\"")) + SafeTensors.ChecksumKey.Length + 4;
        if (at >= SafeTensors.ChecksumKey.Length + 4 && at + 8 <= file.Length)
        {
            file.AsSpan(at, 8).Fill((byte)'0');
            Encoding.ASCII.GetBytes($"{Sum(file):x8}").CopyTo(file, at);
        }

        return file;
    }

    public static byte[] Lines(byte[] file)
    {
        const string start = "{\"crc32c\":\"", middle = "\",\"run\":";
        var lines = Encoding.Latin1.GetString(file).Split('\n').Select(line =>
        {
            int run = start.Length + 8 + middle.Length;
            return line.StartsWith(start, StringComparison.Ordinal) && line.Length > run + 1
                ? $"{start}{Sum(Encoding.Latin1.GetBytes(line[run..^1])):x8}{line[(start.Length + 8)..]}"
                : line;
        });
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private static uint Sum(ReadOnlySpan<byte> bytes) => Checksum.Finish(Checksum.Append(Checksum.Start, bytes));
}
