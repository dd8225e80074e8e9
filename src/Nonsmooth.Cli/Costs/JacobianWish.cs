using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Costs;

/// <summary>The Jacobian that <c>--jacobian</c> asks about.</summary>
/// <param name="Of">Of what.</param>
/// <param name="In">In what.</param>
/// <param name="Tangents">Directions that forward mode pushes; one an element of what the Jacobian is in if not given.</param>
/// <param name="Cotangents">Directions that reverse mode pulls back; one an element of what the Jacobian is of if not given.</param>
internal sealed record JacobianWish(JacobianOutput Of, JacobianInput In, long? Tangents, long? Cotangents)
{
    /// <summary>The wish, or nothing if none was made.</summary>
    /// <exception cref="UsageException">A detail of no Jacobian, or a Jacobian in tokens.</exception>
    public static JacobianWish? Read(Model network, JacobianOutput of, JacobianInput @in, long? tangents, long? cotangents)
    {
        if (of == JacobianOutput.None)
        {
            string? detail = @in != default ? "--wrt" : tangents is not null ? "--tangents" : cotangents is not null ? "--cotangents" : null;
            return detail is null ? null : throw new UsageException($"{detail} is about a Jacobian, and none is asked for: give --jacobian loss or --jacobian logits");
        }

        return @in == JacobianInput.Input && network.Examples.Data.All(f => f.Type.Kind != ElementKind.Real)
            ? throw new UsageException($"network '{network.Name}' takes {network.Examples}, which nothing can be differentiated in: give --wrt parameters")
            : new JacobianWish(of, @in, tangents, cotangents);
    }
}
