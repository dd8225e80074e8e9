using Nonsmooth.Training.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Optimizers.Schedules;

// A run that saves often, to be killed at any moment and started again: its only argument is the folder.
var data = Blobs.Load(new DatasetOptions { BlobDimensions = 8, TrainCount = 330, TestCount = 70, Seed = 5 });
var options = new TrainingOptions
{
    Network = NetworkRegistry.Find("mlp:8-16-4", data.Shape, data.ClassCount),
    Dataset = data,
    BatchSize = 32,
    Epochs = 60,
    Seed = 11,
    Threads = 1,
    Schedule = new CosineRate(0.01, 600),
    OutputFolder = args[0],
    Resume = true,
    CheckpointEverySteps = 3,
};
Console.WriteLine("started");
using var trainer = new Trainer(options);
return trainer.Run().Interrupted ? 1 : 0;
