using System.Text;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Tests.Telemetry;

public class EventFileTests
{
    // Made by hand from the wire format: key = field · 8 + kind, 1.5 is 3ff8… as a double and 3fc00000 as a single.
    [Fact]
    public void Events_are_those_written_by_hand()
    {
        byte[] time = [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f];
        Assert.Equal([.. time, 0x1a, 13, .. Encoding.ASCII.GetBytes("brain.Event:2")], EventMessage.Version(1.5));
        Assert.Equal([.. time, 0x10, 0xac, 0x02, 0x3a, 2, 0x08, 1], EventMessage.Restart(1.5, 300));
        Assert.Equal(
            [
                .. time, 0x10, 7,
                0x2a, 20,
                0x0a, 8, 0x0a, 1, (byte)'a', 0x15, 0, 0, 0xc0, 0x3f,
                0x0a, 8, 0x0a, 1, (byte)'b', 0x15, 0, 0, 0x00, 0xc0,
            ],
            EventMessage.Scalars(1.5, 7, [("a", 1.5), ("b", -2)]));
    }

    [Fact]
    public void A_file_is_its_version_then_its_points_and_a_second_one_has_another_name()
    {
        using var folder = new TemporaryRun();
        var clock = new FixedClock();
        byte[] Read(EventFile file)
        {
            file.Dispose();
            return File.ReadAllBytes(file.Path);
        }

        var first = new EventFile(folder.Path, 0, clock);
        first.Add(1, [("loss", 0.5)]);
        Assert.Equal(
            [.. TensorRecord.Of(EventMessage.Version(100)), .. TensorRecord.Of(EventMessage.Scalars(100, 1, [("loss", 0.5)]))],
            Read(first));
        var second = new EventFile(folder.Path, 10, clock);
        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal([.. TensorRecord.Of(EventMessage.Version(100)), .. TensorRecord.Of(EventMessage.Restart(100, 11))], Read(second));
        Assert.Contains("'/nowhere/", Assert.Throws<NonsmoothException>(() => new EventFile("/nowhere", 0, clock)).Message, StringComparison.Ordinal);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(100);
    }
}
