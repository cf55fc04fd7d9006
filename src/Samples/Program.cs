return MlNetShallowNet.Samples.Commands.ProgramCommand.Run(args);
