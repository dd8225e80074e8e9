using System.Buffers.Binary;
using System.Text;

namespace Nonsmooth.Training.Telemetry;

/// <summary>The few messages of TensorBoard's protocol that curves need, in protobuf's wire format.</summary>
/// <remarks>
/// Event: wall_time = 1 (double), step = 2 (int64), file_version = 3 (string), summary = 5, session_log = 7.
/// Summary: value = 1, of tag = 1 (string) and simple_value = 2 (float). SessionLog: status = 1, START being 1.
/// </remarks>
internal static class EventMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <summary>The first event of every file.</summary>
    public static byte[] Version(double time) => [.. Begin(time, 0), .. Field(3, Encoding.UTF8.GetBytes("brain.Event:2"))];

    /// <summary>Tells that what older files have from a step on is made again.</summary>
    public static byte[] Restart(double time, long step) => [.. Begin(time, step), .. Field(7, [.. Key(1, Varint), 1])];

    /// <summary>Points of curves at one step.</summary>
    public static byte[] Scalars(double time, long step, IEnumerable<(string Tag, double Value)> points)
    {
        byte[] summary = [.. points.SelectMany(p => Field(1, [.. Field(1, Encoding.UTF8.GetBytes(p.Tag)), .. Single(2, (float)p.Value)]))];
        return [.. Begin(time, step), .. Field(5, summary)];
    }

    private static byte[] Begin(double time, long step)
    {
        var wall = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(wall, time);
        byte[] head = [.. Key(1, Fixed64), .. wall];

        // A field that has its default is left out.
        return step == 0 ? head : [.. head, .. Key(2, Varint), .. Number((ulong)step)];
    }

    private static byte[] Single(int field, float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Key(field, Fixed32), .. bytes];
    }

    private static byte[] Field(int field, byte[] content) => [.. Key(field, Bytes), .. Number((ulong)content.Length), .. content];

    private static byte[] Key(int field, int kind) => Number((ulong)((field << 3) | kind));

    private static byte[] Number(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 128));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
