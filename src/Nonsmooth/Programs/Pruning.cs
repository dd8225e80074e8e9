using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>Copies a program without some of its nodes.</summary>
internal static class Pruning
{
    /// <summary>The inputs come first, then the nodes that stay, in their order and under their names.</summary>
    public static Program Of(Program program, bool[] stays)
    {
        var from = program.Table;
        int[] images = new int[program.Types.Count];
        var types = new List<TensorType>(images.Length);
        var names = new Names();
        var inputs = new ProgramInput[program.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            var input = program.Inputs[i];
            images[input.Value] = types.Count;
            inputs[i] = input with { Value = types.Count };
            types.Add(program.Types[input.Value]);
            names.AddInput(input.Name);
        }

        var table = new NodeTable();
        var builder = new Transfer(program, 0, 0);
        int[] nodes = new int[from.Count];
        int[] arguments = [];
        for (int n = 0; n < nodes.Length; n++)
        {
            nodes[n] = -1;
            if (!stays[n])
            {
                continue;
            }

            ref readonly var record = ref from[n];
            var old = from.Arguments(n);
            arguments = arguments.Length < old.Length ? new int[old.Length] : arguments;
            for (int a = 0; a < old.Length; a++)
            {
                arguments[a] = images[old[a]];
            }

            ref int function = ref builder.Functions[record.Function];
            function = function == 0 ? table.AddFunction(from.Function(record.Function)) + 1 : function;
            var provenance = record.Provenance;
            nodes[n] = table.Add(
                record with
                {
                    Function = function - 1,
                    FirstResult = types.Count,
                    Scope = names.Adopt(builder, record.Scope),
                    Provenance = provenance.Origin < 0 ? provenance : provenance with { Origin = nodes[provenance.Origin] },
                },
                arguments.AsSpan(0, old.Length));
            names.AddNode(0, program.Names, record.FirstResult, record.Results);
            for (int r = 0; r < record.Results; r++)
            {
                images[record.FirstResult + r] = types.Count;
                types.Add(program.Types[record.FirstResult + r]);
            }
        }

        return new Program([.. types], names.Trimmed(), inputs, table.Trimmed(), [.. program.Outputs.Select(o => o with { Value = images[o.Value] })]);
    }
}
