using Nonsmooth.Programs;

namespace Nonsmooth.Training.Engine;

/// <summary>What the functions of a program warn of, given what they are applied to.</summary>
internal static class ProgramWarnings
{
    public static IEnumerable<string> Of(Program program) =>
        from node in program.Nodes
        let warning = node.Function.Known.Warning?.Invoke(program.ArgumentTypes(node))
        where warning is not null
        select $"{node.Name} {warning}";
}
