using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Positions as rotations of pairs, whose speeds the configuration gives in either generation's spelling.</summary>
/// <param name="Cosine">[T, D/2].</param>
/// <param name="Sine">[T, D/2].</param>
internal sealed record Rotary(Variable Cosine, Variable Sine)
{
    /// <summary>The rotations of positions 0 to T − 1.</summary>
    /// <exception cref="FolderException">They are scaled in a way that is not read.</exception>
    public static Rotary Of(ProgramBuilder builder, FolderConfig config, int tokens, int width)
    {
        var scaling = config.Part("rope_parameters") ?? config.Part("rope_scaling");
        double theta = config.Part("rope_parameters")?.NumberOrNull("rope_theta") ?? config.Number("rope_theta", 10000);
        int half = width / 2;
        double[] speeds = [.. Enumerable.Range(0, half).Select(i => Math.Pow(theta, -2.0 * i / width))];
        speeds = (scaling?.TextOrNull("rope_type") ?? scaling?.TextOrNull("type") ?? "default") switch
        {
            "default" => speeds,
            "linear" => Array.ConvertAll(speeds, s => s / scaling!.Number("factor", 1)),
            "llama3" => Array.ConvertAll(speeds, s => Slowed(s, scaling!)),
            var other => throw new FolderException($"its rotary positions are scaled by '{other}', which is not read: default, linear and llama3 are"),
        };
        var shape = new Shape(tokens, half);
        return new Rotary(builder.Constant(Tensor.Generate(shape, i => Math.Cos(i / half * speeds[i % half]))), builder.Constant(Tensor.Generate(shape, i => Math.Sin(i / half * speeds[i % half]))));
    }

    /// <summary>Heads [N, H, T, D] turned.</summary>
    public Variable Turn(Variable x) => F.RotaryEmbedding(x, Cosine, Sine);

    // Slow rotations are slowed by a factor, fast ones are left, and between them it goes over smoothly.
    private static double Slowed(double speed, FolderConfig scaling)
    {
        double factor = scaling.Number("factor", 8), low = scaling.Number("low_freq_factor", 1), high = scaling.Number("high_freq_factor", 4), context = scaling.Number("original_max_position_embeddings", 8192);
        double wave = 2 * Math.PI / speed;
        if (wave < context / high)
        {
            return speed;
        }

        double smooth = ((context / wave) - low) / (high - low);
        return wave > context / low ? speed / factor : ((1 - smooth) * speed / factor) + (smooth * speed);
    }
}
