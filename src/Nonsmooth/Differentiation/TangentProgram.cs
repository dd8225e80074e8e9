using Nonsmooth.Programs;

namespace Nonsmooth.Differentiation;

/// <summary>A program that forprop made: it says which of its inputs are tangents and which of its outputs are their images.</summary>
public sealed class TangentProgram : Program
{
    private readonly IReadOnlyDictionary<(string Output, int Direction), int> _images;
    private readonly IReadOnlyDictionary<(string Input, int Direction), string> _tangents;

    internal TangentProgram(
        Program program,
        IReadOnlyDictionary<(string Output, int Direction), int> images,
        IReadOnlyDictionary<(string Input, int Direction), string> tangents)
        : base(program) => (_images, _tangents) = (images, tangents);

    /// <summary>The input that is the tangent of an input.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="direction">Which direction, from 0.</param>
    /// <exception cref="NonsmoothException">It was not asked for; the message lists what was.</exception>
    public ProgramInput Tangent(string input, int direction = 0) => _tangents.TryGetValue((input, direction), out string? name)
        ? Input(name)
        : throw new NonsmoothException(
            $"no tangent {direction} of '{input}': forprop was asked for {string.Join(", ", _tangents.Keys.Select(k => k.Input).Distinct())}");

    /// <summary>The output that is the tangent of an output: the derivative along a direction.</summary>
    /// <param name="output">The name of a real output of the program that was differentiated.</param>
    /// <param name="direction">Which direction, from 0.</param>
    /// <exception cref="NonsmoothException">There is no such output or direction; the message lists the outputs.</exception>
    public NamedValue Jvp(string output, int direction = 0) => _images.TryGetValue((output, direction), out int position)
        ? Outputs[position]
        : throw new NonsmoothException(
            $"no tangent {direction} of output '{output}': the real outputs are {string.Join(", ", _images.Keys.Select(k => k.Output).Distinct())}");
}
