using Nonsmooth.Programs;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Studies;

/// <summary>A network whose program was rewritten: to train and to audit it as any other.</summary>
public static class NetworkRewrite
{
    /// <summary>The same network with its logits' program rewritten; nodes and parameters keep their names.</summary>
    /// <param name="network">A network whose program is the same in training and inference.</param>
    /// <param name="name">What users call the new one.</param>
    /// <param name="rewrite">From its logits' program to one with the same inputs and output.</param>
    /// <exception cref="NonsmoothException">It has buffers or dropout; thrown when it is built.</exception>
    public static Model Of(Model network, string name, Func<Program, Program> rewrite) => network with
    {
        Name = name,
        Forward = (builder, fields) =>
        {
            var x = fields[0].Value;
            var built = network.Build(x.Shape[0]);
            if (built.Buffers.Count > 0 || built.UsesStep)
            {
                throw new NonsmoothException($"network '{network.Name}' computes otherwise in training than in inference: rewrite one without normalisation by batches and dropout");
            }

            var parameters = built.Parameters.Select(p => builder.Parameter(p.Name, p.Shape, p.Initializer, p.Decays));
            var program = rewrite(built.Logits);
            return NamedVariables.Outputs([.. program.Outputs.Zip(builder.Builder.Inline(program, [.. fields.Select(f => f.Value), .. parameters]), (output, value) => (output.Name, value))]);
        },
    };
}
