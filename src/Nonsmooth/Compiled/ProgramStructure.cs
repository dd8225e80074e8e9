using Nonsmooth.Programs;

namespace Nonsmooth.Compiled;

/// <summary>What a program computes, names apart: two programs of one structure have one compiled form.</summary>
internal sealed class ProgramStructure : IEquatable<ProgramStructure>
{
    private readonly Program _program;
    private readonly int _hash;

    public ProgramStructure(Program program)
    {
        _program = program;
        var hash = default(HashCode);
        foreach (var input in program.Inputs)
        {
            hash.Add(program.Types[input.Value]);
        }

        for (int n = 0; n < program.Table.Count; n++)
        {
            hash.Add(program.Table.Function(program.Table[n].Function));
            foreach (int argument in program.Table.Arguments(n))
            {
                hash.Add(argument);
            }
        }

        foreach (var output in program.Outputs)
        {
            hash.Add(output.Value);
        }

        _hash = hash.ToHashCode();
    }

    public bool Equals(ProgramStructure? other)
    {
        if (other is null || _hash != other._hash || _program.Table.Count != other._program.Table.Count
            || !_program.Inputs.Select(i => (i.Value, _program.Types[i.Value])).SequenceEqual(other._program.Inputs.Select(i => (i.Value, other._program.Types[i.Value])))
            || !_program.Outputs.Select(o => o.Value).SequenceEqual(other._program.Outputs.Select(o => o.Value)))
        {
            return false;
        }

        var (mine, theirs) = (_program.Table, other._program.Table);
        for (int n = 0; n < mine.Count; n++)
        {
            if (!mine.Function(mine[n].Function).Equals(theirs.Function(theirs[n].Function)) || !mine.Arguments(n).SequenceEqual(theirs.Arguments(n)))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ProgramStructure);

    public override int GetHashCode() => _hash;
}
