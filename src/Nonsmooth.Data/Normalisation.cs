namespace Nonsmooth.Data;

/// <summary>Turns a stored byte b into the number (b / 255 − mean) / deviation, one pair a channel.</summary>
public sealed class Normalisation
{
    private readonly float[] table;

    /// <summary>Takes the mean and the standard deviation of each channel, for bytes scaled to [0, 1].</summary>
    /// <exception cref="ArgumentException">The lists differ in length, are empty, or a deviation is not positive.</exception>
    public Normalisation(ReadOnlySpan<float> mean, ReadOnlySpan<float> deviation)
    {
        if (mean.Length == 0 || mean.Length != deviation.Length)
        {
            throw new ArgumentException($"Give one mean and one deviation a channel, not {mean.Length} and {deviation.Length}.", nameof(mean));
        }

        Mean = mean.ToArray();
        Deviation = deviation.ToArray();
        table = new float[256 * mean.Length];
        for (var channel = 0; channel < mean.Length; channel++)
        {
            if (!(deviation[channel] > 0))
            {
                throw new ArgumentException($"The deviation of channel {channel} is {deviation[channel]}; give a positive number.", nameof(deviation));
            }

            for (var value = 0; value < 256; value++)
            {
                table[(256 * channel) + value] = ((value / 255f) - mean[channel]) / deviation[channel];
            }
        }
    }

    /// <summary>Leaves bytes scaled to [0, 1].</summary>
    public static Normalisation None(int channels)
    {
        var ones = new float[channels];
        Array.Fill(ones, 1f);
        return new Normalisation(new float[channels], ones);
    }

    /// <summary>The mean of each channel.</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>The standard deviation of each channel.</summary>
    public IReadOnlyList<float> Deviation { get; }

    /// <summary>The number that stands for a byte of a channel.</summary>
    public float this[int channel, byte value] => table[(256 * channel) + value];

    /// <summary>Normalises one channel's bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is shorter than <paramref name="bytes"/>.</exception>
    public void Apply(int channel, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        ReadOnlySpan<float> row = table.AsSpan(256 * channel, 256);
        values = values[..bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            values[i] = row[bytes[i]];
        }
    }
}
