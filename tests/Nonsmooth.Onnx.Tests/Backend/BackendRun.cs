using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Onnx.Wire;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Tests.Backend;

/// <summary>What became of a test.</summary>
internal enum BackendOutcome
{
    Passed,
    Refused,
    Wrong,
}

/// <summary>Runs backend tests in double precision, by the interpreter.</summary>
internal static class BackendRun
{
    private const double Relative = 1e-3;
    private const double Absolute = 1e-7;

    /// <summary>What became of a test, and why.</summary>
    public static (BackendOutcome Outcome, string Why) Of(BackendTest test)
    {
        try
        {
            var model = OnnxFile.Parse(test.Model);
            foreach (var set in test.Sets)
            {
                if (Try(model, set) is { } wrong)
                {
                    return (BackendOutcome.Wrong, wrong);
                }
            }

            return test.Sets.Count > 0 ? (BackendOutcome.Passed, "") : (BackendOutcome.Refused, "no data");
        }
        catch (OnnxUnsupportedException e)
        {
            return (BackendOutcome.Refused, string.Join("; ", e.Operators.Select(o => $"{o.Operator}: {o.Reason}")));
        }
    }

    /// <summary>The program of a test's model for its first set: reals stay inputs as far as it can be.</summary>
    public static (OnnxProgram Program, Dictionary<string, Tensor> Values) Import(OnnxModel model, BackendData set)
    {
        var initializers = model.Graph.Initializers.Select(i => i.Name).ToHashSet();
        var values = new Dictionary<string, Tensor>();
        foreach (var (input, bytes) in model.Graph.Inputs.Where(i => !initializers.Contains(i.Name)).Zip(set.Inputs))
        {
            if (input.Type?.Kind == OnnxTypeKind.Tensor && input.Type.Element.Kind() is not null)
            {
                values.Add(input.Name, OnnxFile.ParseTensor(bytes).ToTensor());
            }
        }

        string first = values.Keys.FirstOrDefault(k => values[k] is Tensor<double>) ?? "";
        Func<string, bool>[] bound = [_ => false, k => values[k] is not Tensor<double>, k => k != first, _ => true];
        OnnxUnsupportedException? refusal = null;
        foreach (var binds in bound)
        {
            var options = new OnnxImportOptions
            {
                Shapes = values.Where(v => !binds(v.Key)).ToDictionary(v => v.Key, v => (IReadOnlyList<int>)[.. v.Value.Shape]),
                Values = values.Where(v => binds(v.Key)).ToDictionary(v => v.Key, v => v.Value),
            };
            try
            {
                return (OnnxImport.Import(model, options), values);
            }
            catch (OnnxUnsupportedException e) when (e.Operators.All(o => o.Reason.Contains("bind the", StringComparison.Ordinal)))
            {
                refusal = e;
            }
        }

        throw refusal!;
    }

    private static string? Try(OnnxModel model, BackendData set)
    {
        try
        {
            var (imported, values) = Import(model, set);
            if (imported.Notes.FirstOrDefault(n => n.Kind == OnnxNoteKind.Training) is { } random)
            {
                throw new OnnxUnsupportedException("the test", [new("Dropout", random.Text, [random.Node])]);
            }

            Array[] point = [.. imported.Inputs.Select(i => Elements(values[i.Name])), .. imported.Weights.Select(w => w.Elements)];

            // Where codes are rounded, ties are decided by the format that the test was made in.
            return Compare(model, set, imported, Interpreter.Run<Float64>(imported.Program, point)) is null
                ? null
                : Compare(model, set, imported, Interpreter.Run<Float32>(imported.Program, point));
        }
        catch (NonsmoothException e) when (e is not OnnxUnsupportedException)
        {
            return e.Message;
        }
    }

    private static string? Compare(OnnxModel model, BackendData set, OnnxProgram imported, IReadOnlyList<Tensor> outputs)
    {
        var byName = imported.Outputs.Zip(outputs).ToDictionary(o => o.First.Name, o => o.Second);
        foreach (var (declared, bytes) in model.Graph.Outputs.Zip(set.Outputs))
        {
            foreach (var (name, expected) in Expected(declared, bytes))
            {
                string? difference = byName.TryGetValue(name, out var actual) ? Difference(actual, expected.ToTensor(), expected.DataType == OnnxDataType.BFloat16 ? 1.0 / 128 : Relative) : "no such output";
                if (difference is not null)
                {
                    return $"{name}: {difference}";
                }
            }
        }

        return null;
    }

    // A sequence is written as a message whose third field are its tensors, an optional value as one whose third is its tensor.
    private static IEnumerable<(string Name, OnnxTensor Tensor)> Expected(OnnxValue declared, byte[] bytes)
    {
        var tensors = new List<OnnxTensor>();
        if (declared.Type?.Kind is OnnxTypeKind.Sequence or OnnxTypeKind.Optional)
        {
            var reader = new WireReader(bytes);
            while (reader.Next())
            {
                if (reader is { Field: 3, Type: WireType.Bytes })
                {
                    tensors.Add(OnnxFile.ParseTensor(reader.Bytes()));
                }
                else
                {
                    reader.Skip();
                }
            }

            return declared.Type.Kind == OnnxTypeKind.Sequence ? tensors.Select((t, i) => ($"{declared.Name}.{i}", t)) : tensors.Select(t => (declared.Name, t));
        }

        return [(declared.Name, OnnxFile.ParseTensor(bytes))];
    }

    /// <summary>A tensor's elements as the interpreter takes them.</summary>
    public static Array Elements(Tensor tensor) => tensor switch
    {
        Tensor<double> t => t.Elements,
        Tensor<long> t => t.Elements,
        _ => ((Tensor<bool>)tensor).Elements,
    };

    private static string? Difference(Tensor actual, Tensor expected, double relative)
    {
        if (!actual.Shape.Equals(expected.Shape))
        {
            return $"shape {actual.Shape}, not {expected.Shape}";
        }

        if (actual.GetType() != expected.GetType())
        {
            return $"{actual.GetType()}, not {expected.GetType()}";
        }

        // Sums of 32-bit numbers that cancel leave the rounding of their largest.
        double absolute = Absolute + (expected is Tensor<double> all ? 1e-6 * all.Elements.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() : 0);
        for (int i = 0; i < expected.Shape.Elements; i++)
        {
            bool same = (actual, expected) switch
            {
                (Tensor<double> a, Tensor<double> e) => a[i].Equals(e[i]) || Math.Abs(a[i] - e[i]) <= absolute + (relative * Math.Abs(e[i])),
                (Tensor<long> a, Tensor<long> e) => a[i] == e[i],
                (Tensor<bool> a, Tensor<bool> e) => a[i] == e[i],
                _ => false,
            };
            if (!same)
            {
                return string.Create(CultureInfo.InvariantCulture, $"element {i} is {Elements(actual).GetValue(i)}, not {Elements(expected).GetValue(i)}");
            }
        }

        return null;
    }
}
