using System.Text.Json.Serialization;

namespace Nonsmooth.LibTorch.Measurement;

[JsonSerializable(typeof(MachineModel))]
internal sealed partial class MachineModelJson : JsonSerializerContext;
