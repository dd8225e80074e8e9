using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Runs a function that repeats programs: with compiled ones, on the plan's own tensors.</summary>
internal static class LoopKernel
{
    /// <summary>The kernel; null where the function does not loop over such arguments.</summary>
    public static Kernel? Of(Node node, LoweringContext context)
    {
        if (node.Function is not ILoopFunction loop || !loop.LoopsOver([.. node.Arguments.Select(context.Type)]))
        {
            return null;
        }

        var runner = new CompiledRunner(context.Options, context.Storage);
        return values =>
        {
            TorchTensor[] arguments = [.. node.Arguments.Select(a => new TorchTensor(values[a].Share()))];
            try
            {
                var results = loop.Loop(runner, arguments);
                for (int i = 0; i < results.Count; i++)
                {
                    using var result = results[i];
                    values[node.Results[i]] = result.Handle.Share();
                }
            }
            finally
            {
                Array.ForEach(arguments, a => a.Dispose());
            }
        };
    }
}
