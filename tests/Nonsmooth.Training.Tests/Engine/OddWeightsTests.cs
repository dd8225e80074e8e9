using System.Text;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Tests.Fuzzing;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>Files of weights that hold more than the network needs, or numbers that are none.</summary>
[Collection("training")]
public class OddWeightsTests
{
    [Theory]
    [InlineData("I8")]
    [InlineData("I16")]
    [InlineData("U16")]
    [InlineData("U32")]
    [InlineData("U64")]
    [InlineData("C64")]
    public void TypesThatTheNetworkDoesNotUseArePassedOver(string type)
    {
        using var folder = new TemporaryFolder();
        var options = With(folder, "spare", type);
        Assert.Single(SmallRun.Train(options).Result.History);
    }

    [Fact]
    public void ATypeThatTheNetworkNeedsAndThatIsNotReadIsNamed()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<NonsmoothException>(() => SmallRun.Train(With(folder, "fc1.bias", "C64")));
        Assert.Contains("has 'fc1.bias' as C64, which is not read here: convert it to one of F64, F32", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "has NaN in 'fc1.bias', at element 3: use weights that are finite")]
    [InlineData(double.NegativeInfinity, "has -Infinity in 'fc1.bias', at element 3: use weights that are finite")]
    [InlineData(1e300, "has 1E+300 in 'fc1.bias', at element 3, beyond single precision's range")]
    public void NumbersThatAreNotFiniteAreNamedBeforeTheFirstStep(double value, string part)
    {
        using var folder = new TemporaryFolder();
        var tensors = Tensors(folder);
        double[] numbers = [.. tensors["fc1.bias"].ToSingles()];
        numbers[3] = value;
        tensors["fc1.bias"] = StoredTensor.Of<double>(numbers, numbers.Length);
        SafeTensors.Write(folder.File("w"), tensors);
        var error = Assert.Throws<NonsmoothException>(() => SmallRun.Train(SmallRun.Options with { Weights = folder.File("w"), Epochs = 1 }));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static TrainingOptions With(TemporaryFolder folder, string name, string type)
    {
        var tensors = Tensors(folder);
        int count = tensors.TryGetValue(name, out var known) ? (int)known.Shape[0] : 2;
        string own = type switch { "I8" => "U8", "I16" or "U16" => "F16", "U32" => "F32", _ => "F64" };
        tensors[name] = new StoredTensor(StoredTypes.Parse(own)!.Value, [count], new byte[count * StoredTypes.Parse(own)!.Value.Size()]);
        SafeTensors.Write(folder.File("w"), tensors);
        byte[] file = File.ReadAllBytes(folder.File("w"));
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\"{name}\":{{\"dtype\":\"{own}\"")) + name.Length + 13;
        Encoding.ASCII.GetBytes(type).CopyTo(file, at);
        File.WriteAllBytes(folder.File("w"), Seals.Tensors(file));
        return SmallRun.Options with { Weights = folder.File("w"), Epochs = 1 };
    }

    private static Dictionary<string, StoredTensor> Tensors(TemporaryFolder folder)
    {
        SmallRun.Train(SmallRun.Options with { Epochs = 1, OutputFolder = folder.File("run") });
        return SmallRun.Options.Network.Build(1).Parameters.ToDictionary(p => p.Name, p => Checkpoint.Load(new CheckpointFolder(folder.File("run")).LastPath)[p.Name]);
    }
}
